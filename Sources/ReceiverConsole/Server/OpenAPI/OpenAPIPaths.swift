extension OpenAPIDescription {
    /// The calls.
    static let paths = #"""
        "/api/endpoints": {
          "get": {
            "operationId": "listEndpoints",
            "summary": "The open endpoints.",
            "responses": {
              "200": {
                "description": "The open endpoints, in the order they were opened.",
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object",
                      "required": ["endpoints", "cursor"],
                      "properties": {
                        "endpoints": {"type": "array", "items": {"$ref": "#/components/schemas/Endpoint"}},
                        "cursor": {
                          "type": "integer",
                          "description": "Give it as `since` to /events to hear what happens after this answer."
                        }
                      }
                    }
                  }
                }
              },
              "403": {"$ref": "#/components/responses/403"}
            }
          },
          "post": {
            "operationId": "openEndpoint",
            "summary": "Opens an endpoint with a port, a script and a journal of its own.",
            "requestBody": {
              "required": false,
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewEndpoint"}}}
            },
            "responses": {
              "201": {
                "description": "It is open and answers.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "409": {"$ref": "#/components/responses/409"},
              "413": {"$ref": "#/components/responses/413"},
              "415": {"$ref": "#/components/responses/415"},
              "422": {"$ref": "#/components/responses/422"},
              "429": {"$ref": "#/components/responses/429"}
            }
          }
        },
        "/api/endpoints/{id}": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "getEndpoint",
            "summary": "One endpoint.",
            "responses": {
              "200": {
                "description": "The endpoint.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}
              },
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          },
          "delete": {
            "operationId": "closeEndpoint",
            "summary": "Closes an endpoint: its connections are cut, its port refuses, its journal is gone.",
            "responses": {
              "200": {
                "description": "It is closed.",
                "content": {
                  "application/json": {
                    "schema": {"type": "object", "required": ["deleted"], "properties": {"deleted": {"type": "string"}}}
                  }
                }
              },
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          }
        },
        "/api/endpoints/{id}/script": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "put": {
            "operationId": "changeScript",
            "summary": "Gives an endpoint another script, which begins with the next request.",
            "requestBody": {
              "required": true,
              "content": {
                "application/json": {
                  "schema": {
                    "type": "object",
                    "properties": {
                      "script": {"type": "string", "description": "The script in one line.", "examples": ["500, 500, 200"]},
                      "yaml": {"type": "string", "description": "The text of a script file."}
                    },
                    "oneOf": [{"required": ["script"]}, {"required": ["yaml"]}]
                  }
                }
              }
            },
            "responses": {
              "200": {
                "description": "The endpoint with its new script.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"},
              "413": {"$ref": "#/components/responses/413"},
              "415": {"$ref": "#/components/responses/415"},
              "422": {"$ref": "#/components/responses/422"}
            }
          }
        },
        "/api/endpoints/{id}/requests": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "listRequests",
            "summary": "Requests in order of arrival.",
            "parameters": [
              {
                "name": "since",
                "in": "query",
                "required": false,
                "description": "Only requests with a greater number.",
                "schema": {"type": "integer", "minimum": 0, "default": 0}
              },
              {
                "name": "limit",
                "in": "query",
                "required": false,
                "description": "The most requests to tell.",
                "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
              }
            ],
            "responses": {
              "200": {
                "description": "The requests that are kept.",
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object",
                      "required": ["requests", "arrived", "dropped", "next"],
                      "properties": {
                        "requests": {"type": "array", "items": {"$ref": "#/components/schemas/Request"}},
                        "arrived": {"type": "integer", "description": "How many have arrived at the endpoint."},
                        "dropped": {"type": "integer", "description": "How many of them the journal has let go."},
                        "next": {"type": "integer", "description": "Give it as `since` to go on."}
                      }
                    }
                  }
                }
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          }
        },
        "/api/endpoints/{id}/requests/{n}": {
          "parameters": [{"$ref": "#/components/parameters/id"}, {"$ref": "#/components/parameters/n"}],
          "get": {
            "operationId": "getRequest",
            "summary": "The nth request with headers and body, waited for if asked.",
            "parameters": [
              {
                "name": "wait",
                "in": "query",
                "required": false,
                "description": "How long to wait for it to arrive, with a unit; at most 10m.",
                "schema": {"type": "string", "examples": ["30s"]}
              }
            ],
            "responses": {
              "200": {
                "description": "The request.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RequestDetail"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"},
              "408": {"$ref": "#/components/responses/408"},
              "410": {"$ref": "#/components/responses/410"}
            }
          }
        },
        "/api/endpoints/{id}/requests/{n}/replay": {
          "parameters": [{"$ref": "#/components/parameters/id"}, {"$ref": "#/components/parameters/n"}],
          "post": {
            "operationId": "replayRequest",
            "summary": "Sends a recorded request again.",
            "requestBody": {
              "required": false,
              "content": {
                "application/json": {
                  "schema": {
                    "type": "object",
                    "properties": {
                      "url": {
                        "type": "string",
                        "description": "Where to, on a loopback address; without it to this endpoint and the path it came to."
                      }
                    }
                  }
                }
              }
            },
            "responses": {
              "200": {
                "description": "What came of it; a failed transfer is told here too.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Replay"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"},
              "409": {"$ref": "#/components/responses/409"},
              "410": {"$ref": "#/components/responses/410"},
              "413": {"$ref": "#/components/responses/413"},
              "415": {"$ref": "#/components/responses/415"},
              "422": {"$ref": "#/components/responses/422"}
            }
          }
        },
        "/api/endpoints/{id}/requests/{n}/curl": {
          "parameters": [{"$ref": "#/components/parameters/id"}, {"$ref": "#/components/parameters/n"}],
          "get": {
            "operationId": "getCurlCommand",
            "summary": "A curl command that sends the request again, safe to paste into a POSIX shell.",
            "responses": {
              "200": {
                "description": "The command.",
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object",
                      "required": ["command", "notes"],
                      "properties": {"command": {"type": "string"}, "notes": {"type": "array", "items": {"type": "string"}}}
                    }
                  }
                }
              },
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"},
              "409": {"$ref": "#/components/responses/409"},
              "410": {"$ref": "#/components/responses/410"}
            }
          }
        },
        "/api/endpoints/{id}/verify": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "post": {
            "operationId": "verify",
            "summary": "Says whether the requests so far are what is expected.",
            "requestBody": {
              "required": true,
              "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}
            },
            "responses": {
              "200": {
                "description": "The finding, whatever it is.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Finding"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"},
              "413": {"$ref": "#/components/responses/413"},
              "415": {"$ref": "#/components/responses/415"},
              "422": {"$ref": "#/components/responses/422"}
            }
          }
        },
        "/api/endpoints/{id}/failures": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "listFailures",
            "summary": "Connections that failed before there was a request, such as TLS handshakes, and other problems.",
            "responses": {
              "200": {
                "description": "The failures, the earliest first.",
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object",
                      "required": ["failures", "dropped"],
                      "properties": {
                        "failures": {"type": "array", "items": {"$ref": "#/components/schemas/Failure"}},
                        "dropped": {"type": "integer", "description": "How many notes are no longer kept."}
                      }
                    }
                  }
                }
              },
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          }
        },
        "/api/endpoints/{id}/evidence": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "getEvidence",
            "summary": "The endpoint's evidence, one JSON object a line.",
            "description": "From its file when it was opened with one, whole; else from memory, with bodies cut at 64 KiB and an evidence.dropped record for what is no longer kept.",
            "responses": {
              "200": {"description": "The records.", "content": {"application/x-ndjson": {"schema": {"type": "string"}}}},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          }
        },
        "/api/ca.pem": {
          "get": {
            "operationId": "getAuthority",
            "summary": "The certificate of the authority that TLS endpoints' certificates are from.",
            "responses": {
              "200": {
                "description": "The certificate in PEM.",
                "content": {"application/x-pem-file": {"schema": {"type": "string"}}}
              },
              "403": {"$ref": "#/components/responses/403"}
            }
          }
        },
        "/events": {
          "get": {
            "operationId": "events",
            "summary": "What happens, as Server-Sent Events.",
            "description": "Events: hello, request (a Request as it is by then), failure, script, opened, closed, problem, and missed (with a count, when the reader was too slow). A comment comes when nothing else does.",
            "parameters": [
              {
                "name": "since",
                "in": "query",
                "required": false,
                "description": "Begin after this event, as far as the journal goes back.",
                "schema": {"type": "integer", "minimum": 0}
              },
              {
                "name": "endpoint",
                "in": "query",
                "required": false,
                "description": "Only this endpoint.",
                "schema": {"type": "string"}
              },
              {
                "name": "Last-Event-ID",
                "in": "header",
                "required": false,
                "description": "As `since`, which it takes precedence over.",
                "schema": {"type": "string"}
              }
            ],
            "responses": {
              "200": {
                "description": "The stream; it does not end.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}}
              },
              "400": {"$ref": "#/components/responses/400"},
              "403": {"$ref": "#/components/responses/403"},
              "404": {"$ref": "#/components/responses/404"}
            }
          }
        }
        """#
}
