"""Reads a JSON list of {schema, instances} from standard input and writes, for each, the list of jsonschema's verdicts.

For /usr/bin/python3 with Debian's python3-jsonschema. A schema that the metaschema refuses ends it with jsonschema's words.
"""

import json
import sys

from jsonschema import Draft202012Validator

verdicts = []
for document in json.load(sys.stdin):
    Draft202012Validator.check_schema(document["schema"])
    validator = Draft202012Validator(document["schema"])
    verdicts.append([validator.is_valid(instance) for instance in document["instances"]])
json.dump(verdicts, sys.stdout)
