extension LivePage {
    static let markup = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Hookassay receiver</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/live.css">
        <script src="/live.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#timeline">Skip to the timeline</a>
        <header class="top">
          <h1>Hookassay <span>receiver</span></h1>
          <p id="link" class="link" role="status">connecting</p>
        </header>
        <div class="layout">
        <nav aria-label="Endpoints">
          <h2>Endpoints</h2>
          <ul id="endpoints"></ul>
          <details id="new">
            <summary>New endpoint</summary>
            <form id="new-form">
              <label>Name <input name="name" maxlength="80" autocomplete="off" placeholder="orders"></label>
              <label>Script <input name="script" value="500, 500, 200" spellcheck="false" autocomplete="off"></label>
              <label class="tick"><input type="checkbox" name="tls"> TLS</label>
              <button type="submit">Open it</button>
              <p id="new-problem" class="problem" role="alert"></p>
            </form>
          </details>
        </nav>
        <main id="main">
          <p id="empty" class="empty">No endpoint is open.</p>
          <section id="endpoint" hidden>
            <div class="endpoint-head">
              <h2 id="endpoint-name"></h2>
              <div class="copyline">
                <code id="endpoint-url" tabindex="0"></code>
                <button type="button" id="copy-url">Copy URL</button>
              </div>
              <p id="counts" class="counts"></p>
              <p class="actions">
                <a id="evidence" class="button" href="#" download>Download evidence</a>
                <button type="button" id="close-endpoint" class="quiet">Close endpoint</button>
              </p>
            </div>
            <details id="editor" open>
              <summary>Script</summary>
              <form id="script-form">
                <label for="script-text" class="hint" id="script-hint"></label>
                <textarea id="script-text" rows="2" spellcheck="false" aria-describedby="script-problems"></textarea>
                <div class="script-actions">
                  <label class="form-choice">Written as
                    <select id="script-form-choice">
                      <option value="script">one line</option>
                      <option value="yaml">YAML file</option>
                    </select>
                  </label>
                  <button type="submit" id="apply">Apply</button>
                  <button type="button" id="revert" class="quiet">Revert</button>
                  <span id="script-state" class="hint" role="status"></span>
                </div>
                <ol id="script-problems" class="problems" role="alert"></ol>
              </form>
            </details>
            <section aria-labelledby="timeline-title">
              <h3 id="timeline-title">Timeline</h3>
              <p id="no-requests" class="empty">No request has come yet. Send one:
                <code id="try"></code></p>
              <p id="older" class="hint" hidden></p>
              <div id="timeline" tabindex="-1"></div>
            </section>
            <section id="failures-box" aria-labelledby="failures-title" hidden>
              <h3 id="failures-title">Connections that failed, and other news</h3>
              <ol id="failures"></ol>
            </section>
          </section>
        </main>
        <aside id="detail" aria-label="Request" tabindex="-1" hidden>
          <div class="detail-head">
            <h2 id="detail-title"></h2>
            <button type="button" id="detail-close" class="quiet">Back</button>
          </div>
          <div id="detail-verdicts" class="verdicts"></div>
          <div class="actions">
            <button type="button" id="replay">Replay</button>
            <button type="button" id="copy-curl">Copy as curl</button>
            <button type="button" id="copy-body">Copy body</button>
          </div>
          <div id="action-result" role="status"></div>
          <dl id="facts"></dl>
          <h3>Answer</h3>
          <dl id="answer-facts"></dl>
          <div id="receipts"></div>
          <h3>Headers</h3>
          <div class="scroll"><table id="headers"><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
          <tbody></tbody></table></div>
          <div class="body-head">
            <h3 id="body-title">Body</h3>
            <div class="views" role="group" aria-label="How the body is shown">
              <button type="button" data-view="pretty" aria-pressed="true">Pretty</button>
              <button type="button" data-view="text" aria-pressed="false">Text</button>
              <button type="button" data-view="bytes" aria-pressed="false">Raw bytes</button>
            </div>
          </div>
          <p id="body-note" class="hint"></p>
          <pre id="body" tabindex="0"></pre>
        </aside>
        </div>
        <p id="toast" role="status"></p>
        <noscript><p class="empty">This page needs JavaScript; the control API at /openapi.json does not.</p></noscript>
        </body>
        </html>
        """#
}
