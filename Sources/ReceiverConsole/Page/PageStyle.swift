extension LivePage {
    static let style = #"""
        :root {
          color-scheme: light dark;
          --ground: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #55617a; --line: #d5dae3; --field: #ffffff;
          --accent: #1d5bbf; --on-accent: #ffffff; --hover: #eaf0fa;
          --good: #0f6b3c; --good-ground: #e3f4ea; --bad: #a3172b; --bad-ground: #fbe7ea;
          --odd: #7a4a00; --odd-ground: #fbf0d9; --wait: #1d5bbf; --wait-ground: #e6effb;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #11151c; --card: #191f29; --ink: #e6eaf2; --soft: #a3aec2; --line: #323b4b; --field: #10141b;
            --accent: #82b1ff; --on-accent: #0b1526; --hover: #222b39;
            --good: #7bdca4; --good-ground: #12301f; --bad: #ff9aa8; --bad-ground: #3a171d;
            --odd: #f2c879; --odd-ground: #362a12; --wait: #9cc2ff; --wait-ground: #17294a;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
        h1, h2, h3 { line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
        h1 { font-size: 1.15rem; } h1 span { font-weight: 400; color: var(--soft); }
        h2 { font-size: 1.1rem; } h3 { font-size: .95rem; margin: 1.1rem 0 .5rem; }
        code, pre, textarea, .mono { font-family: var(--mono); font-size: .87rem; }
        code { overflow-wrap: anywhere; }
        a { color: var(--accent); }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: .5rem; top: .5rem; background: var(--card); padding: .5rem; z-index: 9; }
        [hidden] { display: none !important; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        button, .button, select, input, textarea { font: inherit; color: inherit; }
        button, .button { display: inline-block; min-height: 2.1rem; padding: .3rem .8rem; border-radius: .4rem;
          border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer;
          text-decoration: none; }
        button:hover, .button:hover { filter: brightness(1.08); }
        button.quiet, .views button, .actions button, .copyline button, .actions .button {
          background: var(--card); color: var(--ink); border-color: var(--line); }
        button.quiet:hover, .views button:hover, .actions button:hover, .copyline button:hover, .actions .button:hover {
          background: var(--hover); filter: none; }
        button[disabled] { opacity: .55; cursor: default; }
        .top { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .7rem 1.1rem;
          background: var(--card); border-bottom: 1px solid var(--line); }
        .link { margin: 0; padding: .1rem .7rem; border-radius: 1rem; font-size: .85rem; border: 1px solid currentColor;
          color: var(--odd); background: var(--odd-ground); }
        .link.live { color: var(--good); background: var(--good-ground); }
        .layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 1rem; padding: 1rem 1.1rem;
          align-items: start; max-width: 110rem; margin: 0 auto; }
        .layout.with-detail { grid-template-columns: 15rem minmax(0, 1fr) minmax(0, 30rem); }
        nav, #endpoint, aside, .empty { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
          padding: .9rem 1rem; min-width: 0; }
        main .empty { margin: 0; } section .empty { background: none; border-style: dashed; color: var(--soft); }
        nav h2 { font-size: .95rem; color: var(--soft); }
        nav ul { list-style: none; margin: .5rem 0 .8rem; padding: 0; max-height: 60vh; overflow: auto; }
        nav li button { display: block; width: 100%; text-align: left; background: none; color: var(--ink);
          border: 1px solid transparent; border-left: 4px solid transparent; border-radius: .3rem; margin: 0 0 .2rem; }
        nav li button:hover { background: var(--hover); }
        nav li button[aria-current] { background: var(--hover); border-left-color: var(--accent); font-weight: 600; }
        nav li small { display: block; color: var(--soft); font-weight: 400; overflow-wrap: anywhere;
          white-space: pre-line; }
        summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
        form label { display: block; margin: .4rem 0; }
        #new-form { display: grid; gap: .3rem; } .tick { display: flex; gap: .5rem; align-items: center; }
        input:not([type=checkbox]), textarea, select { width: 100%; padding: .4rem .5rem; border-radius: .4rem;
          border: 1px solid var(--line); background: var(--field); }
        textarea { resize: vertical; line-height: 1.5; tab-size: 2; font-family: var(--mono); font-size: .9rem; }
        .script-actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-top: .4rem; }
        .form-choice { display: flex; gap: .5rem; align-items: center; margin: 0; white-space: nowrap; }
        .form-choice select { width: auto; }
        .hint, .counts { color: var(--soft); font-size: .87rem; margin: .3rem 0; }
        .problem:empty, .problems:empty { display: none; }
        .problem, .problems { color: var(--bad); background: var(--bad-ground); border-radius: .4rem;
          padding: .5rem .7rem; margin: .5rem 0 0; overflow-wrap: anywhere; }
        .problems { list-style: none; } .problems li + li { margin-top: .4rem; }
        .problems button { min-height: 0; padding: 0 .4rem; background: none; color: inherit;
          border-color: currentColor; font-size: .85rem; margin-right: .4rem; }
        .problems small { display: block; color: var(--ink); }
        .copyline { display: flex; gap: .5rem; align-items: center; margin: .4rem 0; }
        .copyline code { flex: 1; padding: .35rem .5rem; border-radius: .4rem; background: var(--field);
          border: 1px solid var(--line); min-width: 0; }
        .copyline button { white-space: nowrap; }
        .actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0; }
        #editor { margin-top: .8rem; border-top: 1px solid var(--line); padding-top: .6rem; }
        #toast { position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); margin: 0; padding: .5rem 1rem;
          border-radius: .5rem; background: var(--ink); color: var(--ground); max-width: calc(100vw - 2rem); }
        #toast:empty { display: none; }
        """#
}
