"""Checks every line of a JSON Lines file against a JSON Schema."""

import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
count = 0
for number, line in enumerate(open(sys.argv[2]), 1):
    report = json.loads(line, parse_constant=lambda name: sys.exit(f"line {number}: {name}"))
    for error in validator.iter_errors(report):
        sys.exit(f"line {number}: {error.json_path}: {error.message}")
    count += 1
if count < 30:
    sys.exit(f"only {count} reports")
print(f"{count} reports fit the schema")
