/// How the page of the kill matrix looks: readable on a wide screen and on a telephone, by day and by night.
enum MatrixStyle {
    static let text = """
        :root { --ink: #1b1b1f; --paper: #ffffff; --line: #d9d9e0; --soft: #f3f3f7; --kill: #0b6e3f; --also: #5a5a66;
          --bad: #b3001b; --link: #0b57a4 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e6ea; --paper: #16161a; --line: #3a3a44; --soft: #1f1f26;
          --kill: #5fd39a; --also: #a9a9b8; --bad: #ff7b8a; --link: #8ec1ff } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
        main { max-width: 1360px; margin: 0 auto; padding: 1rem }
        h1 { font-size: 1.6rem; margin: 0.5rem 0 } h2 { font-size: 1.2rem; margin: 1.5rem 0 0.5rem }
        p { max-width: 70ch } a { color: var(--link) } small { color: var(--also); font-weight: 400 }
        code { font-size: 0.92em; overflow-wrap: anywhere }
        .wide { overflow-x: auto; border: 1px solid var(--line) }
        table { border-collapse: collapse } td, th { border-bottom: 1px solid var(--line); padding: 2px 4px }
        td { text-align: center; min-width: 1.4rem } tbody tr:hover { background: var(--soft) }
        thead th { vertical-align: bottom; font-weight: 500; padding-top: 8px }
        thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap }
        th.name { text-align: left; font-weight: 500; min-width: 15rem; max-width: 26rem; position: sticky; left: 0;
          background: var(--paper); vertical-align: top }
        th.name p, th.name ul { font-weight: 400; margin: 0.25rem 0; font-size: 0.9rem } th.name ul { padding-left: 1.2rem }
        summary { cursor: pointer; overflow-wrap: anywhere }
        .k { color: var(--kill) } .a { color: var(--also) } .x { color: var(--bad); font-weight: 700 }
        .legend span { margin-left: 0.8rem } .legend span:first-child { margin-left: 0 }
        dl { display: grid; grid-template-columns: minmax(12rem, 22rem) 1fr; gap: 0.3rem 1rem; margin: 0 }
        dd { margin: 0; overflow-wrap: anywhere }
        @media (max-width: 700px) { th.name { min-width: 9rem; max-width: 11rem; font-size: 0.85rem }
          dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 0.6rem } }
        """
}
