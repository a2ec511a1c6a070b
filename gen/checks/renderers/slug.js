// Makes the anchor of every heading of the list on standard input, as github-slugger does for each by itself.
import {slug} from 'github-slugger'
import {text} from 'node:stream/consumers'

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map((heading) => slug(heading))))
