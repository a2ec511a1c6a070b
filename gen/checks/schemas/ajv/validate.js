// Reads a JSON list of {schema, instances} from standard input and writes, for each, the list of ajv's verdicts. A schema
// that strict mode refuses ends it with ajv's words.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const documents = JSON.parse(readFileSync(0, "utf8"));
const verdicts = documents.map(({ schema, instances }) => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
  return instances.map((instance) => validate(instance));
});
process.stdout.write(JSON.stringify(verdicts));
