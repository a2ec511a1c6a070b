// A list of tabs as data: see render.js.
import {createElement} from 'react'

export default ({groupId, children}) => createElement('div', {'data-group': groupId}, children)
