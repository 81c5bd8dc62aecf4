extension LivePage {
    static let startScript = #"""
        /** The arrow keys go from attempt to attempt. */
        function moveAmongAttempts(event) {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step || !event.target.classList.contains("chip")) return;
          const all = [...document.querySelectorAll("#timeline .chip")];
          const next = all[all.indexOf(event.target) + step];
          if (!next) return;
          event.preventDefault();
          next.focus();
        }

        function start() {
          by("script-form").addEventListener("submit", apply);
          by("script-text").addEventListener("input", fitEditor);
          by("script-text").addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) apply(event);
          });
          by("script-form-choice").addEventListener("change", fitEditor);
          by("revert").addEventListener("click", () => { if (chosen()) showScript(chosen().info); });
          by("new-form").addEventListener("submit", openEndpoint);
          by("close-endpoint").addEventListener("click", closeEndpoint);
          by("copy-url").addEventListener("click", () => copy(by("endpoint-url").textContent, "The URL is"));
          by("detail-close").addEventListener("click", () => closeDetail(true));
          by("replay").addEventListener("click", replay);
          by("copy-curl").addEventListener("click", copyCurl);
          by("copy-body").addEventListener("click", copyBody);
          by("timeline").addEventListener("keydown", moveAmongAttempts);
          by("detail").addEventListener("keydown", (event) => { if (event.key === "Escape") closeDetail(true); });
          for (const button of document.querySelectorAll(".views button")) {
            button.addEventListener("click", () => { bodyView = button.dataset.view; drawBody(); });
          }
          const [id, number] = location.hash.slice(1).split("/").map(decodeURIComponent);
          if (id) state.chosen = id;
          load().then(() => {
            // A reload comes back to where one was; what is gone by then is left.
            if (id && state.chosen === id && chosen()) showScript(chosen().info);
            if (id && state.chosen === id && Number(number) > 0) openDetail(Number(number), false);
          }, (problem) => toast(told(problem))).then(listen);
        }

        start();
        """#
}
