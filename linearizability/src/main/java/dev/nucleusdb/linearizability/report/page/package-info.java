/// Shows a verdict to a person: as a page, as a drawing.
///
/// ```
///   Verdict ─► ObjectStory ─┬─► VerdictDrawing   SVG: the few operations, and the longest order
///   Model ───► LongestOrder ┘        │           that could be placed
///                                    └─► VerdictPage   HTML: the same, and the whole history
///                                        = PageFrame (head, style, help) + body + PageData
///   LevelReport ─► LevelStory ─► LevelPage         both, with the ladder of levels
///   StreamVerdict ────────────► StreamPage         both, of what is remembered
///   IsolationVerdict ─► TransactionStory ─► TransactionPage
/// ```
///
/// What a history holds is anybody's text: it becomes markup in `Markup` alone. A page for verdicts
/// of another kind brings a body, data and scripts of its own to `PageFrame`.
///
/// Imports the root package, `history`, `model`, `level`, `view`, `stream`, `isolation` and
/// `report.part`. Read on in [dev.nucleusdb.linearizability.report.page.VerdictPage].
package dev.nucleusdb.linearizability.report.page;
