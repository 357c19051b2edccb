/// The JSON Schema of what `JSONLines` writes.
package enum ReportSchema {
  /// A JSON Schema, draft 2020-12, that every line validates against; nothing beyond it is allowed.
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "machineroom.report/1",
      "title": "What one statement found out",
      "type": "object",
      "required": ["schema", "statement", "ok", "facts", "tables", "series", "diagnostics"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "machineroom.report/1"},
        "statement": {"type": "string", "description": "The statement in canonical form."},
        "ok": {"type": "boolean", "description": "Whether it did what it says."},
        "facts": {"type": "object", "additionalProperties": {"$ref": "#/$defs/fact"}},
        "tables": {"type": "array", "items": {"$ref": "#/$defs/table"}},
        "series": {"type": "array", "items": {"$ref": "#/$defs/series"}},
        "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}}
      },
      "$defs": {
        "moment": {
          "type": "string",
          "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$"
        },
        "fact": {
          "oneOf": [
            {
              "type": "object",
              "required": ["kind", "value", "unit", "provenance"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "quantity"},
                "value": {"type": "number", "description": "In the unit; a percentage in %."},
                "unit": {"type": "string", "description": "Empty for a plain number."},
                "low": {"type": "number", "description": "Of a 95 % interval, in the unit."},
                "high": {"type": "number"},
                "provenance": {"$ref": "#/$defs/provenance"}
              }
            },
            {
              "type": "object",
              "required": ["kind", "value", "provenance"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "text"},
                "value": {"type": "string"},
                "provenance": {"$ref": "#/$defs/provenance"}
              }
            },
            {
              "type": "object",
              "required": ["kind", "value", "provenance"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "moment"},
                "value": {"$ref": "#/$defs/moment"},
                "provenance": {"$ref": "#/$defs/provenance"}
              }
            },
            {
              "type": "object",
              "required": ["kind", "value", "provenance"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "flag"},
                "value": {"type": "boolean"},
                "provenance": {"$ref": "#/$defs/provenance"}
              }
            },
            {
              "type": "object",
              "required": ["kind", "value", "reason", "provenance"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "undefined"},
                "value": {"type": "null"},
                "reason": {"type": "string"},
                "provenance": {"$ref": "#/$defs/provenance"}
              }
            }
          ]
        },
        "provenance": {
          "oneOf": [
            {
              "type": "object",
              "required": ["kind", "seed"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "simulated"},
                "seed": {"type": "integer", "minimum": 0}
              }
            },
            {
              "type": "object",
              "required": ["kind"],
              "additionalProperties": false,
              "properties": {"kind": {"const": "computed"}}
            },
            {
              "type": "object",
              "required": ["kind", "repetitions"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "measured"},
                "repetitions": {"type": "integer", "minimum": 1}
              }
            },
            {
              "type": "object",
              "required": ["kind", "source"],
              "additionalProperties": false,
              "properties": {
                "kind": {"enum": ["modelled", "given"]},
                "source": {"type": "string"}
              }
            }
          ]
        },
        "table": {
          "type": "object",
          "required": ["key", "columns", "rows"],
          "additionalProperties": false,
          "properties": {
            "key": {"type": "string"},
            "columns": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": false,
                "properties": {
                  "name": {"type": "string"},
                  "unit": {"type": "string", "description": "Of the column's bare numbers."}
                }
              }
            },
            "rows": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/cell"}}}
          }
        },
        "cell": {
          "oneOf": [
            {"type": ["number", "string", "boolean", "null"]},
            {
              "type": "object",
              "description": "A number with an interval, or in another unit than its column's.",
              "required": ["value", "unit"],
              "additionalProperties": false,
              "properties": {
                "value": {"type": ["number", "null"]},
                "unit": {"type": "string"},
                "low": {"type": ["number", "null"]},
                "high": {"type": ["number", "null"]}
              }
            }
          ]
        },
        "series": {
          "type": "object",
          "required": ["key", "unit", "values"],
          "additionalProperties": false,
          "properties": {
            "key": {"type": "string"},
            "unit": {"type": "string"},
            "start": {"$ref": "#/$defs/moment"},
            "step": {"type": "number", "description": "Seconds from value to value."},
            "times": {"type": "array", "items": {"$ref": "#/$defs/moment"}},
            "values": {"type": "array", "items": {"type": ["number", "null"]}}
          },
          "oneOf": [{"required": ["start", "step"]}, {"required": ["times"]}]
        },
        "diagnostic": {
          "type": "object",
          "required": ["severity", "code", "message"],
          "additionalProperties": false,
          "properties": {
            "severity": {"enum": ["error", "warning", "note"]},
            "code": {"type": "string"},
            "message": {"type": "string"},
            "file": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
            "length": {"type": "integer", "minimum": 1},
            "help": {"type": "string"}
          },
          "dependentRequired": {
            "file": ["line"],
            "line": ["column", "length"],
            "column": ["line"],
            "length": ["line"]
          }
        }
      }
    }
    """#
}
