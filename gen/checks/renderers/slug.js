// Prints github-slugger's anchor of each heading in the list on standard input.
import {slug} from 'github-slugger'
import {text} from 'node:stream/consumers'

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map((heading) => slug(heading))))
