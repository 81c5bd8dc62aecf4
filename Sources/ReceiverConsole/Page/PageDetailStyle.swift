extension LivePage {
    static let detailStyle = #"""

        .delivery { border-top: 1px solid var(--line); padding: .7rem 0; }
        .delivery:first-child { border-top: 0; padding-top: 0; }
        .delivery h4 { margin: 0 0 .5rem; font-size: .87rem; font-weight: 600; overflow-wrap: anywhere; }
        .delivery h4 small { font-weight: 400; color: var(--soft); }
        .attempts { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; row-gap: .5rem; }
        .attempts li { display: flex; align-items: center; }
        .gap { color: var(--soft); font-size: .8rem; white-space: nowrap; display: inline-flex; align-items: center; }
        .gap::before, .gap::after { content: ""; width: .7rem; border-top: 2px solid var(--line); margin: 0 .3rem; }
        .gap::after { width: 0; border: .3rem solid transparent; border-left: .5rem solid var(--soft);
          border-right: 0; }
        .chip { background: var(--card); color: var(--ink); border: 1px solid currentColor; border-left-width: .35rem;
          padding: .25rem .6rem; text-align: left; display: grid; line-height: 1.25; min-width: 6.2rem; max-width: 16rem; }
        .chip:hover { filter: none; box-shadow: 0 0 0 2px var(--line); }
        .chip[aria-pressed=true] { box-shadow: 0 0 0 3px var(--accent); }
        .chip b { font-size: .95rem; overflow-wrap: anywhere; } .chip small { color: var(--ink); font-size: .76rem; }
        .chip .note { font-weight: 600; }
        .good { color: var(--good); background: var(--good-ground); } .bad { color: var(--bad); background: var(--bad-ground); }
        .odd { color: var(--odd); background: var(--odd-ground); border-style: dashed; border-left-style: solid; }
        .wait { color: var(--wait); background: var(--wait-ground); border-style: dotted; border-left-style: solid; }
        #failures { margin: 0; padding-left: 1.2rem; font-size: .87rem; }
        #failures li { margin: .25rem 0; overflow-wrap: anywhere; }
        #failures time { color: var(--soft); font-family: var(--mono); margin-right: .5rem; }
        aside:focus-visible { outline: 2px solid var(--line); outline-offset: 0; }
        aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; }
        .detail-head { display: flex; gap: .8rem; justify-content: space-between; align-items: start; }
        .verdicts { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; }
        .verdict { border: 1px solid currentColor; border-radius: .4rem; padding: .15rem .55rem; font-size: .87rem;
          overflow-wrap: anywhere; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; margin: .4rem 0; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        .receipt { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .7rem; margin: .5rem 0;
          font-size: .87rem; overflow-wrap: anywhere; }
        .receipt ol { margin: .3rem 0 0; padding-left: 1.3rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .87rem; }
        th { text-align: left; color: var(--soft); font-weight: 600; }
        th, td { padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        td { font-family: var(--mono); overflow-wrap: anywhere; min-width: 6rem; }
        .body-head { display: flex; flex-wrap: wrap; gap: .2rem .8rem; justify-content: space-between;
          align-items: center; margin-top: 1rem; }
        .body-head h3 { margin: 0; }
        .views { display: flex; } .views button { border-radius: 0; margin-left: -1px; font-size: .85rem; }
        .views button[aria-pressed=true] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
        pre { margin: .4rem 0 0; padding: .7rem; border-radius: .4rem; background: var(--field);
          border: 1px solid var(--line); overflow: auto; max-height: 32rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        pre.bytes { white-space: pre; overflow-wrap: normal; font-size: .78rem; }
        #action-result { overflow-wrap: anywhere; font-size: .9rem; }
        #action-result pre { max-height: 14rem; }
        @media (max-width: 70rem) {
          .layout.with-detail { grid-template-columns: 13rem minmax(0, 1fr); }
          .layout.with-detail aside { grid-column: 1 / -1; position: static; max-height: none; }
        }
        @media (max-width: 45rem) {
          .layout, .layout.with-detail { grid-template-columns: minmax(0, 1fr); padding: .6rem; gap: .6rem; }
          .top { padding: .6rem; }
          nav ul { max-height: 12rem; }
          .copyline { flex-wrap: wrap; } .copyline code { flex-basis: 100%; }
          .layout.with-detail main, .layout.with-detail nav { display: none; }
          .verdicts { flex-direction: column; align-items: flex-start; }
        }
        @media (prefers-reduced-motion: no-preference) {
          .chip.fresh { animation: fresh 1.2s ease-out; }
          @keyframes fresh { from { box-shadow: 0 0 0 6px var(--line); } to { box-shadow: 0 0 0 0 transparent; } }
        }
        """#
}
