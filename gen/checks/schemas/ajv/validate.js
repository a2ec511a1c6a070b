// Reads a JSON list of {schema, instances} from standard input and prints ajv's verdicts on each. A
// schema that strict mode refuses ends the script with ajv's error.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const documents = JSON.parse(readFileSync(0, "utf8"));
const verdicts = documents.map(({ schema, instances }) => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
  return instances.map((instance) => validate(instance));
});
process.stdout.write(JSON.stringify(verdicts));
