extension OpenAPIDescription {
    /// What the calls take and give.
    static let schemas = #"""
        "Problem": {
          "type": "object",
          "required": ["error", "help"],
          "properties": {
            "error": {"type": "string", "description": "What is wrong, in one sentence."},
            "help": {"type": ["string", "null"], "description": "The way out."}
          }
        },
        "ScriptProblem": {
          "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {
              "type": "object",
              "properties": {
                "diagnostics": {
                  "type": "array",
                  "description": "Every mistake of a script.",
                  "items": {"$ref": "#/components/schemas/Diagnostic"}
                }
              }
            }
          ]
        },
        "Diagnostic": {
          "type": "object",
          "required": ["severity", "line", "column", "message", "help"],
          "properties": {
            "severity": {"enum": ["error", "warning"]},
            "line": {"type": ["integer", "null"]},
            "column": {"type": ["integer", "null"]},
            "message": {"type": "string"},
            "help": {"type": ["string", "null"]}
          }
        },
        "NewEndpoint": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "name": {"type": "string", "description": "What people call it."},
            "script": {
              "type": "string",
              "description": "The script in one line.",
              "default": "200",
              "examples": ["500, 500, 200"]
            },
            "yaml": {"type": "string", "description": "The text of a script file, instead of `script`."},
            "tls": {
              "type": "boolean",
              "default": false,
              "description": "Serve TLS with a certificate of the authority at /api/ca.pem."
            },
            "http2": {"type": "boolean", "default": false, "description": "Offer HTTP/2 beside HTTP/1.1."},
            "path": {
              "type": "string",
              "default": "/",
              "description": "The path of its URL; requests to any path are taken."
            },
            "port": {
              "type": "integer",
              "minimum": 0,
              "maximum": 65535,
              "default": 0,
              "description": "0 takes one that is free."
            },
            "evidence": {
              "type": "boolean",
              "default": false,
              "description": "Write all evidence to a file in the folder the console was started with."
            },
            "key": {
              "type": "object",
              "additionalProperties": false,
              "description": "What identifies a delivery; an empty object takes all requests for one delivery. Without it, the headers that senders commonly use.",
              "properties": {
                "header": {"type": "string"},
                "body": {
                  "type": "array",
                  "items": {"type": "string"},
                  "description": "JSON pointers that make the key together."
                }
              }
            }
          }
        },
        "Endpoint": {
          "type": "object",
          "required": [
            "id", "name", "url", "port", "identity", "http2", "script", "script_form", "opened_at", "requests",
            "requests_dropped", "open_connections", "connections", "evidence_file"
          ],
          "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "url": {"type": "string"},
            "port": {"type": "integer"},
            "identity": {"type": "string", "description": "`plain`, `trusted`, or another sort of certificate."},
            "http2": {"type": "boolean"},
            "script": {
              "type": ["string", "null"],
              "description": "As it was written, with {{secret:…}} where a secret stands."
            },
            "script_form": {"enum": ["script", "yaml", null]},
            "opened_at": {"type": "string", "format": "date-time"},
            "requests": {"type": "integer", "description": "How many have arrived."},
            "requests_dropped": {"type": "integer", "description": "How many of them are no longer kept."},
            "open_connections": {"type": "integer"},
            "connections": {"type": "integer"},
            "evidence_file": {"type": "boolean"}
          }
        },
        "Request": {
          "type": "object",
          "required": [
            "endpoint", "number", "attempt", "connection", "stream", "received_at", "since_start_ms", "method",
            "target", "version", "delivery", "delivery_attempt", "gap_ms", "place", "unmatched", "malformed",
            "signature", "body_bytes", "body_preview", "answer", "cursor"
          ],
          "properties": {
            "endpoint": {"type": "string"},
            "number": {"type": "integer", "description": "Counted from 1 at its endpoint, in order of arrival."},
            "attempt": {"type": "integer", "description": "Its number in the evidence."},
            "connection": {"type": "integer"},
            "stream": {"type": ["integer", "null"], "description": "On HTTP/2."},
            "received_at": {"type": "string", "format": "date-time"},
            "since_start_ms": {"type": "number"},
            "method": {"type": "string"},
            "target": {"type": "string"},
            "version": {"type": "string"},
            "delivery": {"type": ["string", "null"], "description": "What identifies the delivery."},
            "delivery_attempt": {"type": "integer", "description": "Which attempt of the delivery, from 1."},
            "gap_ms": {"type": ["number", "null"], "description": "Since the attempt before of the same delivery."},
            "place": {"type": ["string", "null"], "description": "Where in the script its answer stands."},
            "unmatched": {"type": ["string", "null"], "description": "Why no rule applied."},
            "malformed": {"type": ["string", "null"], "description": "Why it is not well-formed HTTP."},
            "signature": {"oneOf": [{"$ref": "#/components/schemas/Signature"}, {"type": "null"}]},
            "body_bytes": {"type": "integer"},
            "body_preview": {"type": "string"},
            "answer": {"$ref": "#/components/schemas/Answer"},
            "cursor": {"type": "integer"}
          }
        },
        "RequestDetail": {
          "allOf": [
            {"$ref": "#/components/schemas/Request"},
            {
              "type": "object",
              "required": ["headers", "head", "body", "body_redacted"],
              "properties": {
                "headers": {
                  "type": "array",
                  "description": "In order, as they were written.",
                  "items": {"$ref": "#/components/schemas/Header"}
                },
                "head": {"$ref": "#/components/schemas/Content"},
                "body": {"$ref": "#/components/schemas/Content"},
                "body_redacted": {"type": "boolean", "description": "Whether a secret in it was replaced by its name."}
              }
            }
          ]
        },
        "Header": {
          "type": "array",
          "items": {"type": "string"},
          "minItems": 2,
          "maxItems": 2,
          "description": "Name and value."
        },
        "Content": {
          "type": "object",
          "required": ["bytes", "cut", "text", "base64"],
          "properties": {
            "bytes": {"type": "integer", "description": "How many there were."},
            "cut": {"type": "boolean", "description": "Whether only the beginning is here."},
            "text": {"type": ["string", "null"], "description": "As text; null when it is not UTF-8."},
            "base64": {"type": "string"}
          }
        },
        "Signature": {
          "type": "object",
          "required": ["state", "reason"],
          "properties": {"state": {"enum": ["valid", "invalid", "absent"]}, "reason": {"type": "string"}}
        },
        "Answer": {
          "type": "object",
          "required": ["state", "text", "asked", "status", "held_ms", "bytes", "closed", "receipts"],
          "properties": {
            "state": {"enum": ["waiting", "completed", "not completed"]},
            "text": {"type": "string"},
            "asked": {"type": ["string", "null"], "description": "What the script asked for."},
            "status": {"type": ["integer", "null"], "description": "The status that was sent."},
            "held_ms": {"type": ["number", "null"], "description": "From the whole request to the first byte of the answer."},
            "bytes": {"type": ["integer", "null"]},
            "closed": {"type": ["string", "null"], "description": "Who closed the connection, and how."},
            "receipts": {"type": "array", "items": {"$ref": "#/components/schemas/Receipt"}}
          }
        },
        "Receipt": {
          "type": "object",
          "required": ["asked", "kernel", "wire"],
          "properties": {
            "asked": {"type": "string"},
            "kernel": {
              "type": "array",
              "items": {"type": "string"},
              "description": "What was asked of the kernel and how it answered, in order."
            },
            "wire": {"type": "string", "description": "What an observer on the wire would have seen."}
          }
        },
        "Failure": {
          "type": "object",
          "required": ["kind", "endpoint", "at", "cursor"],
          "properties": {
            "kind": {"enum": ["failure", "problem"]},
            "endpoint": {"type": "string"},
            "at": {"type": "string", "format": "date-time"},
            "cursor": {"type": "integer"},
            "connection": {"type": ["integer", "null"]},
            "reason": {
              "type": "string",
              "description": "The alert of a handshake, or what an observer on the wire would have seen."
            },
            "receipt": {
              "oneOf": [{"$ref": "#/components/schemas/Receipt"}, {"type": "null"}],
              "description": "There when the script asked for it."
            },
            "message": {"type": "string", "description": "Of a problem: what could not be done as the script asked."}
          }
        },
        "Replay": {
          "type": "object",
          "required": ["ok", "status", "headers", "body", "took_ms", "failure"],
          "properties": {
            "ok": {"type": "boolean", "description": "Whether a whole answer came."},
            "status": {"type": ["integer", "null"]},
            "headers": {"type": ["array", "null"], "items": {"$ref": "#/components/schemas/Header"}},
            "body": {"oneOf": [{"$ref": "#/components/schemas/Content"}, {"type": "null"}]},
            "took_ms": {"type": ["number", "null"]},
            "failure": {"type": ["string", "null"], "description": "How the transfer failed."}
          }
        },
        "Question": {
          "type": "object",
          "additionalProperties": false,
          "description": "Needs `count`, `at_least`, `at_most` or `gaps`; the rest chooses the requests that are counted.",
          "properties": {
            "count": {"type": "integer", "minimum": 0},
            "at_least": {"type": "integer", "minimum": 0},
            "at_most": {"type": "integer", "minimum": 0},
            "method": {"type": "string"},
            "path": {"type": "string", "description": "Without the query; * stands for anything."},
            "headers": {
              "type": "object",
              "additionalProperties": {"type": "string"},
              "description": "Values by name; * stands for anything."
            },
            "body": {"type": "object", "additionalProperties": true, "description": "Values by JSON pointer."},
            "gaps": {
              "type": "array",
              "items": {"type": "string"},
              "description": "Windows for the times between the requests, in order.",
              "examples": [["5m ± 2%", "10m ± 2%"]]
            }
          }
        },
        "Finding": {
          "type": "object",
          "required": ["ok", "verdict", "message", "matching", "gaps_ms", "arrived", "dropped"],
          "properties": {
            "ok": {"type": "boolean"},
            "verdict": {
              "enum": ["held", "violated", "inconclusive"],
              "description": "Inconclusive when requests that are no longer kept could change it."
            },
            "message": {"type": "string", "description": "What was expected and what was seen."},
            "matching": {"type": "array", "items": {"type": "integer"}, "description": "Their numbers, at most 1000."},
            "gaps_ms": {"type": "array", "items": {"type": "number"}},
            "arrived": {"type": "integer"},
            "dropped": {"type": "integer"}
          }
        }
        """#
}
