package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.accounts.PostingsPage;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.ui.figures.AskedPostings;
import fr.passnumerique.ui.figures.Figure;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a page, opened: the accounts that it is made of, and their postings.
 *
 * @param title what is opened
 * @param about which accounts, in words
 * @param cents of the figure; null where none was named
 * @param terms that sum to it; empty where none was named
 * @param fact what all postings are of; null if they are of several
 * @param reversed whether credits are shown as above zero
 * @param next address of the older postings; null if there are none
 * @param newest address of the first page; null on it
 * @param today address of the same without a moment
 * @param export of all postings; empty where no file holds just these
 */
record OpenedFigure(
    Situation situation,
    String title,
    List<String> about,
    @Nullable Long cents,
    List<TermRow> terms,
    List<Row> rows,
    @Nullable Row fact,
    boolean reversed,
    @Nullable String next,
    @Nullable String newest,
    String today,
    String export) {

  /**
   * @param cents as it counts in the figure
   * @param page of its postings
   * @param shown its postings are those of this page
   */
  record TermRow(String label, long cents, String page, boolean shown) {}

  /**
   * One posting.
   *
   * @param fact in words
   * @param factPage all that it posted
   * @param of whose and what for the account is
   * @param cents above zero if it raises what is shown
   * @param balanceCents of the account after it, in the same sense
   */
  record Row(
      long position,
      Instant recordedAt,
      LocalDate happenedOn,
      String fact,
      String factPage,
      List<CauseWords> causes,
      String account,
      String of,
      long cents,
      long balanceCents) {}

  /** Of which accounts the postings are, if of one kind. */
  public String shown() {
    return terms.stream()
        .filter(TermRow::shown)
        .map(TermRow::label)
        .findFirst()
        .map(label -> "Écritures : " + label)
        .orElse("Écritures");
  }

  static OpenedFigure of(
      AskedPostings asked,
      PostingsPage read,
      Map<AccountKind, Long> debits,
      Situation situation,
      PostingLinks links,
      Names names,
      Actor reader) {
    Figure figure = asked.figure();
    int sign = asked.sign();
    AskedPostings same = asked.at(situation);
    String next = read.next();
    List<Row> rows =
        read.postings().stream()
            .map(posting -> row(posting, sign, same, links, names, reader))
            .toList();
    return new OpenedFigure(
        situation,
        title(asked, read),
        asked.about(names),
        figure == null ? null : figure.cents(debits),
        figure == null
            ? List.of()
            : figure.terms().stream()
                .map(
                    term ->
                        new TermRow(
                            term.kind().label(),
                            term.cents(debits),
                            same.of(term.kind()).page(null),
                            term.kind() == asked.shown()))
                .toList(),
        rows,
        asked.fact() == null || rows.isEmpty() ? null : rows.getFirst(),
        sign < 0,
        next == null ? null : same.page(next),
        asked.before() == null ? null : same.page(null),
        asked.at(null).page(null),
        asked.fact() == null ? same.export() : "");
  }

  private static String title(AskedPostings asked, PostingsPage read) {
    Figure figure = asked.figure();
    AccountKind kind = asked.kind();
    Long fact = asked.fact();
    if (figure != null) {
      return figure.label();
    }
    if (fact != null) {
      String number = "Fait nº " + new French().count(fact);
      return read.postings().isEmpty()
          ? number
          : number + " : " + FactWords.of(read.postings().getFirst().fact());
    }
    return kind == null ? "Écritures" : kind.label();
  }

  private static Row row(
      Posting posting,
      int sign,
      AskedPostings same,
      PostingLinks links,
      Names names,
      Actor reader) {
    return new Row(
        posting.position(),
        posting.recordedAt(),
        posting.happenedOn(),
        FactWords.of(posting.fact()),
        same.ofFact(posting.position()),
        CauseWords.of(posting, links, reader),
        posting.label(),
        String.join(
            ", ",
            Stream.of(
                    posting.agreement(),
                    posting.funder().isEmpty() ? "" : names.funder(posting.funder()),
                    departements(posting),
                    posting.venue().isEmpty() ? "" : names.venue(posting.venue()),
                    posting.prescriber().isEmpty() ? "" : names.prescriber(posting.prescriber()))
                .filter(text -> !text.isEmpty())
                .toList()),
        sign * posting.cents(),
        sign * posting.balanceCents());
  }

  /** From where to where the money goes. */
  private static String departements(Posting posting) {
    return posting.spendingDepartement().isEmpty()
        ? posting.fundingDepartement()
        : posting.fundingDepartement() + " → " + posting.spendingDepartement();
  }
}
