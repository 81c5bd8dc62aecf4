#ifndef CJSONSCHEMA_H
#define CJSONSCHEMA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled draft-07 JSON Schema. It never changes after `cjsonschema_compile`, so any number of threads may
/// validate against one handle at the same time.
typedef struct cjsonschema_schema cjsonschema_schema;

/// What compiling or validating came to.
typedef enum cjsonschema_status {
    /// The schema was compiled, or the document validates.
    CJSONSCHEMA_OK = 0,
    /// The document is JSON and breaks the schema; every problem was reported.
    CJSONSCHEMA_INVALID = 1,
    /// The text is not JSON (RFC 8259, valid UTF-8), is nested deeper than 256 levels, or has a member name longer than
    /// 1024 bytes.
    CJSONSCHEMA_NOT_JSON = 2,
    /// The text is JSON but not a usable draft-07 schema.
    CJSONSCHEMA_NOT_A_SCHEMA = 3,
    /// The schema refers to another file or address. Only references into the schema itself (`#…`) are followed.
    CJSONSCHEMA_EXTERNAL_REFERENCE = 4,
    /// The machine failed (memory), not the text.
    CJSONSCHEMA_FAILED = 5
} cjsonschema_status;

/// Receives one problem. `where` is a JSON Pointer (RFC 6901, empty for the root; a NUL in a member name is written
/// `\u0000`), `what` a sentence. Both are UTF-8 and live only during the call. It must not unwind into the library.
typedef void (*cjsonschema_report)(void *context, const char *where, const char *what);

/// Compiles `length` bytes of UTF-8 JSON into `*schema`. On anything but `CJSONSCHEMA_OK`, `*schema` is NULL and
/// `report` was called once with the place in the schema and the reason.
cjsonschema_status cjsonschema_compile(
    const char *text, size_t length, cjsonschema_report report, void *context, cjsonschema_schema **schema);

/// Validates `length` bytes of UTF-8 JSON. Returns `CJSONSCHEMA_OK`, `CJSONSCHEMA_INVALID`, `CJSONSCHEMA_NOT_JSON` or
/// `CJSONSCHEMA_FAILED`, and calls `report` for every problem found.
///
/// Limits: numbers are compared as signed 64-bit integers or doubles (a whole number beyond 64 bits is a number but not
/// an `integer`, one beyond the range of a double counts as the greatest double); a string longer than 64 KiB that has
/// to match a `pattern` is a problem; `minLength` and `maxLength` count up to the first NUL; of the formats `date`,
/// `time` and `date-time` are checked, the others are annotations.
cjsonschema_status cjsonschema_validate(
    const cjsonschema_schema *schema, const char *text, size_t length, cjsonschema_report report, void *context);

/// Frees a compiled schema; NULL is allowed.
void cjsonschema_free(cjsonschema_schema *schema);

#ifdef __cplusplus
}
#endif

#endif
