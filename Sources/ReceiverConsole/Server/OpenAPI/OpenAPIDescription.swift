/// The description of the control API (OpenAPI 3.1).
enum OpenAPIDescription {
    /// The whole document.
    static let text = """
        {\(head),
        "paths": {\(paths)},
        "components": {"parameters": {\(parameters)}, "responses": {\(responses)}, "schemas": {\(schemas)}}}

        """

    private static let head = #"""
        "openapi": "3.1.0",
        "info": {
          "title": "Hookassay control API",
          "version": "1",
          "description": "Opens scripted webhook endpoints, tells what came to them, and verifies it. Made for tests in any language; it listens on the loopback only unless told otherwise. A call that changes something needs Content-Type: application/json."
        },
        "servers": [{"url": "/"}]
        """#

    private static let parameters = #"""
        "id": {
          "name": "id",
          "in": "path",
          "required": true,
          "schema": {"type": "string"},
          "description": "The endpoint's id."
        },
        "n": {
          "name": "n",
          "in": "path",
          "required": true,
          "schema": {"type": "integer", "minimum": 1},
          "description": "The number of a request at its endpoint, from 1."
        }
        """#

    private static let responses = #"""
        "400": {
          "description": "The call cannot be read.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "403": {
          "description": "The call comes from a page of another origin, or names another host.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "404": {
          "description": "There is no such endpoint or request.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "408": {
          "description": "The request did not arrive in time.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "409": {
          "description": "It cannot be done as things are.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "410": {
          "description": "The journal has let the request go.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "413": {
          "description": "The body is too large.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "415": {
          "description": "The content type is not application/json.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        },
        "422": {
          "description": "What was given cannot be used.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ScriptProblem"}}}
        },
        "429": {
          "description": "Too many endpoints are open.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        }
        """#
}
