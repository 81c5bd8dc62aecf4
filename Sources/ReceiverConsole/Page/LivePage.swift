/// The live page: what a browser gets, all from memory.
///
/// Whatever came from a request becomes text nodes and nothing else; there is no markup made of text anywhere in the
/// scripts, and the content security policy forbids it (trusted types).
enum LivePage {
    /// The page's path of each part, with its media type.
    static let parts: [(path: String, type: String, text: String)] = [
        ("/", "text/html; charset=utf-8", markup),
        ("/live.css", "text/css; charset=utf-8", style + detailStyle),
        ("/live.js", "text/javascript; charset=utf-8", script),
        ("/icon.svg", "image/svg+xml", icon),
    ]

    /// One module, of which each part is a file here.
    static let script =
        "\"use strict\";\n" + toolScript + stateScript + timelineScript + detailScript + bodyScript + editorScript
        + startScript

    private static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fbf"/>\
        <path d="M9 7v18M23 7v18M9 16h14" stroke="#fff" stroke-width="4" stroke-linecap="round" fill="none"/></svg>
        """
}
