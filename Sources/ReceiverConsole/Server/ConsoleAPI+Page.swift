import Hummingbird

extension ConsoleAPI {
    /// The live page and its parts.
    func addPage(to router: Router<BasicRequestContext>) {
        for part in LivePage.parts {
            router.get(RouterPath(part.path)) { _, _ in Self.text(part.text, type: part.type) }
        }
    }
}
