package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.loadtest.options.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scenario found: figures, then each bound and whether it is kept. In Markdown. */
public final class Findings {
  private final StringBuilder figures = new StringBuilder();
  private final StringBuilder verdicts = new StringBuilder();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param columns of the table that follows
   */
  public void table(String... columns) {
    if (!figures.isEmpty()) {
      figures.append('\n');
    }
    row((Object[]) columns);
    figures.append("|---".repeat(columns.length)).append("|\n");
  }

  public void row(Object... cells) {
    for (Object cell : cells) {
      figures.append("| ").append(cell).append(' ');
    }
    figures.append("|\n");
  }

  /** A paragraph under the figures. */
  public void line(String format, Object... values) {
    figures.append('\n').append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A figure that must not be above a bound. */
  public void atMost(String what, double found, double bound, String unit) {
    bound(what, found, "at most", bound, unit, found <= bound);
  }

  /** A figure that must not be below a bound. */
  public void atLeast(String what, double found, double bound, String unit) {
    bound(what, found, "at least", bound, unit, found >= bound);
  }

  private void bound(
      String what, double found, String relation, double bound, String unit, boolean kept) {
    String told =
        String.format(
            Locale.ROOT, "%s is %.2f%s, to be %s %.2f%s", what, found, unit, relation, bound, unit);
    verdicts.append(kept ? told : "OUT OF BOUNDS: " + told).append('\n');
    if (!kept) {
      faults.add(told);
    }
  }

  /** Something that must be so. */
  public void must(boolean holds, String told) {
    verdicts.append(holds ? told : "DOES NOT HOLD: " + told).append('\n');
    if (!holds) {
      faults.add(told);
    }
  }

  public void reconciled(Reconciliation check) {
    verdicts.append(told(check));
    if (!check.holds()) {
      faults.add(check.way() + " does not reconcile");
    }
  }

  /** Ends with a line's end. */
  static String told(Reconciliation check) {
    if (check.holds()) {
      return "%s: %d accepted lines = %d claims = %s owed + %s paid; every verdict, every venue's and every funder's share is as the rules give them; %s. Answered by what was recorded before, since the slip was sent again: %d of %d requests.%n"
          .formatted(
              check.way(),
              check.accepted(),
              check.books().claims(),
              new Cents(check.books().owedCents()).inEnglish(),
              new Cents(check.books().paidCents()).inEnglish(),
              check.books().sumOfAllCents().isPresent()
                  ? "the sum over all accounts is 0"
                  : "single entry: no sum over all accounts",
              check.already(),
              check.requests());
    }
    StringBuilder text = new StringBuilder("%s: DOES NOT RECONCILE%n".formatted(check.way()));
    check.faults().forEach(fault -> text.append("  - %s%n".formatted(fault)));
    return text.toString();
  }

  public boolean hold() {
    return faults.isEmpty();
  }

  /** For a terminal. */
  public String summary() {
    return "%s%n%s%n%s%n"
        .formatted(
            figures,
            verdicts,
            hold() ? "within bounds" : "%d OUT OF BOUNDS".formatted(faults.size()));
  }

  /**
   * The same with what is needed to judge it.
   *
   * @param how it was played
   */
  String full(String title, String arguments, String how, Surroundings surroundings) {
    return full(title, arguments, "", how, surroundings);
  }

  /**
   * @param pictures to be shown under the figures
   */
  String full(
      String title, String arguments, String pictures, String how, Surroundings surroundings) {
    StringBuilder text = new StringBuilder();
    text.append("# %s, %s%n%n`%s`%n%n".formatted(title, surroundings.on(), arguments));
    if (surroundings.busy()) {
      text.append(
          "**Others used the machine, as it is told under Machine: the figures are rough.**\n\n");
    }
    text.append(summary())
        .append(pictures)
        .append("\n## How it was measured\n\n")
        .append(how)
        .append('\n')
        .append(Reported.section("Machine", surroundings.machine()))
        .append(Reported.section("Server", surroundings.settings()));
    return text.toString();
  }
}
