// Reads a JSON list of {name, schema} from standard input. For each schema, writes the types of two
// generators to the folder in its argument: name.json2ts.ts and name.quicktype.ts, each with the
// exported type Body.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from "quicktype-core";

const folder = process.argv[2];
for (const { name, schema } of JSON.parse(readFileSync(0, "utf8"))) {
  const untitled = { ...schema, title: "Body" };
  writeFileSync(join(folder, `${name}.json2ts.ts`), await compile(untitled, "Body", { bannerComment: "" }));

  const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
  await input.addSource({ name: "Body", schema: JSON.stringify(untitled) });
  const inputData = new InputData();
  inputData.addInput(input);
  const rendererOptions = { "just-types": true, "prefer-unions": true, "prefer-const-values": true };
  const { lines } = await quicktype({ inputData, lang: "typescript", rendererOptions });
  writeFileSync(join(folder, `${name}.quicktype.ts`), lines.join("\n"));
}
