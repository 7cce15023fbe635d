package fr.passnumerique.projections.verifier;

import java.io.PrintStream;

/** What a verification comes to, for people. */
final class Report {
  private Report() {}

  static void print(Verification verified, PrintStream out) {
    ExportedLine.Header header = verified.header();
    Findings findings = verified.findings();
    out.println("ledger    " + (header.ledger().isEmpty() ? "empty" : header.ledger()));
    out.println(
        "export    positions %d to %d, %s"
            .formatted(
                header.firstPosition(),
                verified.lastPosition(),
                header.whole()
                    ? "whole"
                    : "share of funder %s, %d rows left out"
                        .formatted(header.funder(), verified.hiddenRows())));
    out.println("last hash " + VerifyLedger.orNone(verified.headHash()));
    out.println(
        "facts     %d of %d types, %d accounts"
            .formatted(
                verified.facts().values().stream().mapToLong(Long::longValue).sum(),
                verified.facts().size(),
                verified.books().balances().size()));
    out.println();
    for (Check check : Check.values()) {
      out.println("%-11s %s".formatted(outcome(verified, check), check.sentence()));
    }
    for (Books.Breach breach : verified.books().breaches()) {
      out.println(
          "breach      %d cents of %s for %s missing from position %d %s"
              .formatted(
                  breach.missing(),
                  breach.owner().funder(),
                  breach.owner().agreement(),
                  breach.from(),
                  breach.to() == 0 ? "on" : "until " + breach.to()));
    }
    if (verified.hasEachStatement()) {
      out.println(
          "proven      the ledger has what each of %d statements of the bank closes with"
              .formatted(verified.statements()));
    }
    verified
        .unproven()
        .forEach(
            one ->
                out.println(
                    "unproven    position %d: %s".formatted(one.position(), one.sentence())));
    verified
        .unseen()
        .forEach(
            one ->
                out.println(
                    "by hand     position %d: %s".formatted(one.position(), one.sentence())));
    verified.setAside().forEach(one -> out.println("set aside   " + one));
    if (!header.whole() && header.firstPosition() == 1) {
      out.println(
          """

          A share shows that each row in it is what was hashed there, and that the funder's balances
          follow from it. It does not show that the hashes of rows left out are joined, nor that what
          they are said to have moved is true: for that compare hashes with another export, or ask
          an auditor who has the whole.\
          """);
    }
    if (verified.unfollowedRows() > 0) {
      out.println(
          """

          %d of the rows shown name cheques that were issued in a row left out, before the funder was a
          party to their agreement: of these splits nothing was checked.\
          """
              .formatted(verified.unfollowedRows()));
    }
    if (header.firstPosition() != 1) {
      out.println(
          """

          A range shows that its rows are joined to the hash before them. What rests on earlier rows
          (splits, balances, cover) was not checked: export from position 1.\
          """);
    }
    out.println();
    if (findings.none()) {
      String proof =
          !verified.unproven().isEmpty()
              ? " The bank does not prove the cash, as said above."
              : !verified.unseen().isEmpty()
                  ? " The bank does not prove all of the cash yet, as said above."
                  : "";
      out.println("All that was checked holds." + proof);
      return;
    }
    for (Finding finding : findings.shown()) {
      out.println(
          "%s position %d: %s; %s"
              .formatted(finding.check(), finding.position(), finding.value(), finding.remedy()));
    }
    findings
        .first()
        .ifPresent(
            first ->
                out.println(
                    "%nThe ledger holds up to position %d; the first fact by which it does not is %d."
                        .formatted(Math.max(0, first.position() - 1), first.position())));
  }

  private static String outcome(Verification verified, Check check) {
    long found = verified.findings().count(check);
    if (found > 0) {
      return "FAILS %d×".formatted(found);
    }
    if (verified.checked().contains(check)) {
      return "holds";
    }
    return verified.partly().contains(check) ? "in part" : "not checked";
  }
}
