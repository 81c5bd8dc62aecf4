extension LivePage {
    static let editorScript = #"""
        const editor = { applied: "", form: "script", endpoint: null };

        function isEdited() {
          return by("script-text").value !== editor.applied || by("script-form-choice").value !== editor.form;
        }

        function showScript(info) {
          editor.endpoint = info.id;
          editor.applied = info.script ?? "";
          editor.form = info.script_form ?? "script";
          by("script-text").value = editor.applied;
          by("script-form-choice").value = editor.form;
          by("script-problems").replaceChildren();
          setText(by("script-state"), "");
          fitEditor();
        }

        function fitEditor() {
          const isFile = by("script-form-choice").value === "yaml";
          const lines = by("script-text").value.split("\n").length;
          by("script-text").rows = isFile ? Math.min(Math.max(lines + 1, 8), 24) : Math.min(Math.max(lines, 2), 6);
          setText(by("script-hint"), isFile ? "A script file, as `hookassay receive` takes it."
            : "Answers by attempt, the last one repeats: 500, 503 after 2s, reset, 200");
          by("revert").disabled = !isEdited();
        }

        /** Somebody else changed the script: what is being typed here is not thrown away. */
        function scriptCame(info, origin) {
          if (info.id !== state.chosen) return;
          // One's own change comes back as an event; the words that told of it are left.
          if ((info.script ?? "") === editor.applied && (info.script_form ?? "script") === editor.form) return;
          if ((info.script ?? "") === by("script-text").value || !isEdited()) { showScript(info); return; }
          editor.applied = info.script ?? "";
          editor.form = info.script_form ?? "script";
          setText(by("script-state"), "Changed meanwhile by " + visible(origin) + "; Revert shows it.");
          fitEditor();
        }

        async function apply(event) {
          event.preventDefault();
          const id = state.chosen;
          if (id === null) return;
          const body = { [by("script-form-choice").value]: by("script-text").value };
          by("apply").disabled = true;
          by("script-problems").replaceChildren();
          try {
            const info = await call("PUT", "/api/endpoints/" + encodeURIComponent(id) + "/script", body);
            takeEndpoint(info);
            if (state.chosen === id) showScript(info);
            setText(by("script-state"), "Applied; it begins with the next request.");
          } catch (problem) {
            setText(by("script-state"), "Not applied.");
            by("script-problems").replaceChildren(...problemItems(problem));
          } finally {
            by("apply").disabled = false;
          }
        }

        function problemItems(problem) {
          if (!problem.diagnostics?.length) return [make("li", {}, told(problem))];
          return problem.diagnostics.map((item) => {
            const place = item.line === null ? null
              : make("button", { type: "button", onclick: () => goTo(item.line, item.column) },
                "line " + item.line + ", column " + item.column);
            return make("li", {}, place, visible(item.message), item.help ? make("small", {}, visible(item.help)) : null);
          });
        }

        function goTo(line, column) {
          const area = by("script-text");
          const lines = area.value.split("\n");
          const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
          const end = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) - 1;
          area.focus();
          area.setSelectionRange(Math.min(start, area.value.length), Math.max(start, end));
        }

        async function openEndpoint(event) {
          event.preventDefault();
          const form = event.target;
          setText(by("new-problem"), "");
          try {
            const info = await call("POST", "/api/endpoints", {
              name: form.elements.name.value, script: form.elements.script.value, tls: form.elements.tls.checked,
            });
            takeEndpoint(info).isLoaded = true;
            form.elements.name.value = "";
            by("new").open = false;
            choose(info.id);
            by("endpoint-url").focus();
          } catch (problem) {
            setText(by("new-problem"), told(problem));
          }
        }

        async function closeEndpoint() {
          const endpoint = chosen();
          if (!endpoint || !confirm("Close " + nameOf(endpoint.info) + "? Its port will refuse, and its journal is gone.")) return;
          try {
            await call("DELETE", "/api/endpoints/" + encodeURIComponent(endpoint.info.id));
          } catch (problem) {
            toast(told(problem));
          }
        }

        """#
}
