// <policy-editor>: CodeMirror for the policy document, with line numbers, problems at their lines, and a unified diff.
//
// Properties, set by the server: value, original (shows a diff when not null), readonly, problems, label.
// Event: `value-committed` with the text, a moment after the last key.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, bracketMatching, foldGutter, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const TYPING_PAUSE_MILLIS = 400;

const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.content], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.keyword, tags.atom], color: 'var(--code-atom)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: 'var(--code-punctuation)' },
]);

class PolicyEditor extends HTMLElement {
  #value = '';
  #original = null;
  #readonly = false;
  #problems = [];
  #label = 'Policy document';
  #view = null;
  #timer = 0;

  connectedCallback() {
    this.#render();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#view?.destroy();
    this.#view = null;
  }

  focus() {
    this.#view?.focus();
  }

  get value() {
    return this.#value;
  }

  set value(text) {
    if (text === this.#value) {
      return;
    }
    this.#value = text ?? '';
    this.#render();
  }

  set original(text) {
    this.#original = text ?? null;
    this.#render();
  }

  set readonly(flag) {
    this.#readonly = Boolean(flag);
    this.#render();
  }

  set label(text) {
    this.#label = text;
    this.#render();
  }

  set problems(problems) {
    this.#problems = problems ?? [];
    this.#showProblems();
  }

  selectLine(number) {
    const view = this.#view;
    if (!view || number < 1) {
      return;
    }
    const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
    view.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
    });
    view.focus();
  }

  #render() {
    if (!this.isConnected) {
      return;
    }
    this.#view?.destroy();
    this.#view = new EditorView({
      parent: this,
      // CodeMirror would follow slots into the shadow root of the layout around us, and put its styles there.
      root: document,
      state: EditorState.create({ doc: this.#value, extensions: this.#extensions() }),
    });
    this.#showProblems();
  }

  #extensions() {
    const extensions = [
      lineNumbers(),
      foldGutter(),
      lintGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      indentUnit.of('  '),
      EditorView.lineWrapping,
      yaml(),
      syntaxHighlighting(colors),
      EditorState.readOnly.of(this.#readonly),
      EditorView.contentAttributes.of({ 'aria-label': this.#label, tabindex: '0' }),
      // Tab leaves the editor, so that nobody who uses a keyboard is caught in it.
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => update.docChanged && this.#changed(update.state.doc.toString())),
    ];
    if (!this.#readonly) {
      extensions.push(highlightActiveLine(), highlightActiveLineGutter());
    }
    if (this.#original !== null) {
      extensions.push(
        unifiedMergeView({ original: this.#original, mergeControls: false, gutter: true, collapseUnchanged: { margin: 3, minSize: 6 } }),
      );
    }
    return extensions;
  }

  #changed(text) {
    this.#value = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#commit(), TYPING_PAUSE_MILLIS);
  }

  #commit() {
    this.dispatchEvent(new CustomEvent('value-committed', { detail: { value: this.#value } }));
  }

  #showProblems() {
    const view = this.#view;
    if (!view) {
      return;
    }
    const diagnostics = this.#problems.map((problem) => {
      const line = view.state.doc.line(Math.min(Math.max(problem.line, 1), view.state.doc.lines));
      const indent = line.text.length - line.text.trimStart().length;
      return { from: line.from + indent, to: line.to, severity: problem.severity, message: problem.message };
    });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }
}

customElements.define('policy-editor', PolicyEditor);
