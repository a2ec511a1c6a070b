// A tab as data: see render.js.
import {createElement} from 'react'

export default ({value, label, children}) => createElement('section', {'data-value': value, 'data-label': label}, children)
