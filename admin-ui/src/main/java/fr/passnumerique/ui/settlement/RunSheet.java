package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.TransferWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A settlement run, with where each of its transfers stands now.
 *
 * @param position of the fact that opened it
 * @param takenUntil the last day whose lines it takes
 * @param releasedAt null while nobody has released it
 * @param cancelledAt null unless it was given up
 * @param nettedCents of lines that are paid by what their venue owes
 * @param count of all transfers
 * @param transfers those of a page
 * @param leftOut transfers that the file does not order: they had come to an end before
 * @param next where the next page begins; null after the last
 * @param inFile what its file orders, or would if it was taken now
 * @param awaitsOther whether the reader opened it, so that only another can release it
 * @param cancel address that asks whether to cancel it; null if that is not the reader's, or its
 *     file was handed out, or nothing of it is left to cancel
 * @param release address that asks whether to release it; null if that is not the reader's, who may
 *     have opened it, or done
 * @param file address that asks for its file; null if it has none, or orders nothing, or that is
 *     not the reader's
 */
record RunSheet(
    String run,
    String programme,
    long position,
    Instant openedAt,
    Badge stage,
    LocalDate takenUntil,
    LocalDate executionOn,
    @Nullable Instant releasedAt,
    @Nullable Instant cancelledAt,
    long amountCents,
    long lateCents,
    long nettedCents,
    int count,
    int files,
    List<CauseWords> leftOut,
    List<Row> transfers,
    List<Net> nettings,
    List<Carried> carried,
    @Nullable Integer next,
    InFile inFile,
    boolean awaitsOther,
    @Nullable String cancel,
    @Nullable String release,
    @Nullable String file) {

  /**
   * @param to names of the venues
   * @param on the bank's day; null while it has none
   * @param reason of a rejection or return; empty otherwise
   */
  record Row(
      String transfer,
      String page,
      String to,
      int slips,
      long cents,
      Badge state,
      @Nullable LocalDate on,
      String reason,
      boolean late) {}

  /** Transfers that go to the bank. */
  record InFile(long cents, int count) {}

  /** Lines that are paid with what the venue owed for reversed ones. */
  record Net(String venue, long cents, int lines, Badge state, List<CauseWords> claims) {}

  /**
   * What a venue is owed and this run does not pay.
   *
   * @param cents 0 where only the account is missing
   * @param page where an account is proposed or confirmed; null where it is another matter
   */
  record Carried(String venue, String why, long cents, @Nullable String page) {}

  static RunSheet of(
      SettlementRun run,
      RecordedFact opened,
      UnaryOperator<String> names,
      int after,
      int limit,
      Actor reader) {
    int end = Math.min(run.transfers().size(), after + limit);
    List<SettlementRun.Order> shown = run.transfers().subList(Math.min(after, end), end);
    InFile inFile = inFile(run);
    return new RunSheet(
        run.run(),
        run.programme(),
        opened.position(),
        opened.recordedAt(),
        stage(run.stage()),
        Paris.dayOf(run.cutOff()).minusDays(1),
        run.executionOn(),
        run.released().map(SettlementRun.Decided::at).orElse(null),
        run.cancelled().map(SettlementRun.Decided::at).orElse(null),
        run.amountCents(),
        run.lateCents(),
        run.nettings().stream()
            .filter(net -> net.state() != SettlementRun.NetState.UNDONE)
            .mapToLong(SettlementRun.Net::cents)
            .sum(),
        run.transfers().size(),
        run.downloads().size(),
        run.downloads().stream()
            .limit(1)
            .flatMap(first -> first.leftOut().stream())
            .map(transfer -> CauseWords.transfer(run.run(), transfer, reader))
            .toList(),
        shown.stream().map(order -> row(run.run(), order, names, reader)).toList(),
        run.nettings().stream().map(net -> net(net, names)).toList(),
        carried(run, names),
        end < run.transfers().size() ? end : null,
        inFile,
        opened(run) && openedBy(run, reader),
        reader.role() == Role.CLERK && cancellable(run) ? RunDeeds.cancellation(run.run()) : null,
        reader.role() == Role.CLERK && opened(run) && !openedBy(run, reader)
            ? RunDeeds.releasing(run.run())
            : null,
        reader.role() == Role.CLERK
                && run.stage() == SettlementRun.Stage.RELEASED
                && inFile.count() > 0
            ? RunDeeds.file(run.run())
            : null);
  }

  private static boolean opened(SettlementRun run) {
    return run.stage() == SettlementRun.Stage.OPENED;
  }

  private static boolean openedBy(SettlementRun run, Actor reader) {
    return run.openedBy().filter(reader.account()::equals).isPresent();
  }

  private static boolean cancellable(SettlementRun run) {
    return switch (run.stage()) {
      case OPENED -> true;
      case RELEASED -> run.downloads().isEmpty() && waiting(run).findAny().isPresent();
      case CANCELLED -> false;
    };
  }

  /** Once it was handed out it stays as it was then: but for what had an end before. */
  private static InFile inFile(SettlementRun run) {
    List<SettlementRun.Order> ordered =
        run.downloads().isEmpty()
            ? waiting(run).toList()
            : run.transfers().stream()
                .filter(order -> !run.downloads().getFirst().leftOut().contains(order.transfer()))
                .toList();
    return new InFile(
        ordered.stream().mapToLong(SettlementRun.Order::amountCents).sum(), ordered.size());
  }

  private static Stream<SettlementRun.Order> waiting(SettlementRun run) {
    return run.transfers().stream().filter(order -> order.state() == SettlementRun.State.ORDERED);
  }

  private static Row row(
      String run, SettlementRun.Order order, UnaryOperator<String> names, Actor reader) {
    return new Row(
        order.transfer(),
        String.valueOf(CauseWords.transfer(run, order.transfer(), reader).page()),
        String.join(", ", order.venues().stream().map(names).toList()),
        order.slips().size(),
        order.amountCents(),
        TransferWords.state(order.state()),
        order.endedOn().orElse(null),
        order.reason().orElse(""),
        order.slips().stream().anyMatch(SettlementRun.Slip::late));
  }

  private static Net net(SettlementRun.Net net, UnaryOperator<String> names) {
    return new Net(
        names.apply(net.venue()),
        net.cents(),
        net.lines(),
        switch (net.state()) {
          case PLANNED -> Badge.warn("Prévue");
          case NETTED -> Badge.good("Compensé");
          case UNDONE -> Badge.calm("Annulée");
        },
        net.claims().stream()
            .map(
                claim ->
                    new CauseWords(
                        "Indu " + claim.reversal() + ", chèque",
                        claim.cheque(),
                        "/cheques/" + claim.cheque()))
            .toList());
  }

  private static List<Carried> carried(SettlementRun run, UnaryOperator<String> names) {
    return Stream.of(
            run.unpayable().stream()
                .map(
                    venue ->
                        new Carried(
                            names.apply(venue),
                            "Aucun compte en vigueur",
                            0,
                            PayeeAccountPages.ofVenue(venue))),
            run.belowMinimum().stream()
                .map(
                    below ->
                        new Carried(
                            names.apply(below.venue()),
                            "En dessous du minimum d’un virement",
                            below.cents(),
                            null)),
            run.inDoubt().stream()
                .map(
                    one ->
                        new Carried(
                            names.apply(one.venue()),
                            "Peut-être déjà payé par le virement %s : à expliquer à la banque (%s)"
                                .formatted(one.transfer(), one.exception()),
                            one.cents(),
                            null)))
        .flatMap(each -> each)
        .toList();
  }

  static Badge stage(SettlementRun.Stage stage) {
    return switch (stage) {
      case OPENED -> Badge.warn("À libérer");
      case RELEASED -> Badge.good("Libéré");
      case CANCELLED -> Badge.calm("Annulé");
    };
  }
}
