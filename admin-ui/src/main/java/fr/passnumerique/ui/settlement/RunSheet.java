package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.settlement.RunPage;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.TransferWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

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
 * @param carried those of a page: what is owed and this run does not pay
 * @param carriedCount of all that is carried over
 * @param next address of the next transfers; null after the last
 * @param nextCarried address of what else is carried over; null after the last
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
    int carriedCount,
    @Nullable String next,
    @Nullable String nextCarried,
    RunPage.InFile inFile,
    boolean awaitsOther,
    @Nullable String cancel,
    @Nullable String release,
    @Nullable String file) {

  /**
   * @param to names of the venues
   * @param on the bank's day; null while it has none
   * @param reason of a rejection or return; empty otherwise
   * @param lateCents of its amount
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
      long lateCents) {}

  /** Lines that are paid with what the venue owed for reversed ones. */
  record Net(String venue, long cents, int lines, Badge state, List<CauseWords> claims) {}

  /**
   * What a venue is owed and this run does not pay.
   *
   * @param cents 0 where only the account is missing
   * @param page where an account is proposed or confirmed; null where it is another matter
   */
  record Carried(String venue, String why, long cents, @Nullable String page) {
    private Carried named(Names names) {
      return new Carried(names.venue(venue), why, cents, page);
    }
  }

  /**
   * What of a run is shown.
   *
   * @param after how many transfers come before the first
   * @param limit transfers at most
   * @param afterCarried how many rows of what is carried over come before the first
   * @param carried such rows at most
   */
  record Shown(int after, int limit, int afterCarried, int carried) {
    /** Of the run alone. */
    static final Shown NONE = new Shown(0, 0, 0, 0);
  }

  /**
   * @param shown what a page shows of what is carried over
   */
  static RunSheet of(RunPage page, Shown shown, Names names, Actor reader) {
    SettlementRun run = page.run();
    List<Carried> carried = carried(run);
    int carriedEnd = (int) Math.min(carried.size(), (long) shown.afterCarried() + shown.carried());
    List<Carried> carriedShown =
        carried.subList(Math.min(shown.afterCarried(), carriedEnd), carriedEnd);
    names.ahead(
        Stream.of(
                run.transfers().stream().flatMap(order -> order.venues().stream()),
                run.nettings().stream().map(SettlementRun.Net::venue),
                carriedShown.stream().map(Carried::venue))
            .flatMap(venues -> venues));
    return new RunSheet(
        run.run(),
        run.programme(),
        page.position(),
        page.openedAt(),
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
        page.count(),
        run.downloads().size(),
        run.downloads().stream()
            .limit(1)
            .flatMap(first -> first.leftOut().stream())
            .map(transfer -> CauseWords.transfer(run.run(), transfer, reader))
            .toList(),
        run.transfers().stream().map(order -> row(run.run(), order, names, reader)).toList(),
        run.nettings().stream().map(net -> net(net, names)).toList(),
        carriedShown.stream().map(each -> each.named(names)).toList(),
        carried.size(),
        page.next().map(next -> address(run.run(), next, shown.afterCarried())).orElse(null),
        carriedEnd < carried.size() ? address(run.run(), shown.after(), carriedEnd) : null,
        page.inFile(),
        opened(run) && openedBy(run, reader),
        reader.role() == Role.CLERK && cancellable(page) ? RunDeeds.cancellation(run.run()) : null,
        reader.role() == Role.CLERK && opened(run) && !openedBy(run, reader)
            ? RunDeeds.releasing(run.run())
            : null,
        reader.role() == Role.CLERK
                && run.stage() == SettlementRun.Stage.RELEASED
                && page.inFile().count() > 0
            ? RunDeeds.file(run.run())
            : null);
  }

  /** Each table goes on where the other stays. */
  private static String address(String run, int after, int afterCarried) {
    return UriComponentsBuilder.fromPath(Address.of("/reglements/{run}", run))
        .queryParamIfPresent("after", Optional.of(after).filter(rows -> rows > 0))
        .queryParamIfPresent("reportes", Optional.of(afterCarried).filter(rows -> rows > 0))
        .build()
        .toUriString();
  }

  private static boolean opened(SettlementRun run) {
    return run.stage() == SettlementRun.Stage.OPENED;
  }

  private static boolean openedBy(SettlementRun run, Actor reader) {
    return run.openedBy().filter(reader.account()::equals).isPresent();
  }

  private static boolean cancellable(RunPage page) {
    return switch (page.run().stage()) {
      case OPENED -> true;
      case RELEASED -> page.run().downloads().isEmpty() && page.waiting() > 0;
      case CANCELLED -> false;
    };
  }

  private static Row row(String run, SettlementRun.Order order, Names names, Actor reader) {
    return new Row(
        order.transfer(),
        String.valueOf(CauseWords.transfer(run, order.transfer(), reader).page()),
        String.join(", ", order.venues().stream().map(names::venue).toList()),
        order.slips().size(),
        order.amountCents(),
        TransferWords.state(order.state()),
        order.endedOn().orElse(null),
        order.reason().orElse(""),
        order.lateCents());
  }

  private static Net net(SettlementRun.Net net, Names names) {
    return new Net(
        names.venue(net.venue()),
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

  /** Without names: of a few alone these are looked up. */
  private static List<Carried> carried(SettlementRun run) {
    return Stream.of(
            run.unpayable().stream()
                .map(
                    venue ->
                        new Carried(
                            venue, "Aucun compte en vigueur", 0, PayeeAccountPages.ofVenue(venue))),
            run.belowMinimum().stream()
                .map(
                    below ->
                        new Carried(
                            below.venue(),
                            "En dessous du minimum d’un virement",
                            below.cents(),
                            null)),
            run.inDoubt().stream()
                .map(
                    one ->
                        new Carried(
                            one.venue(),
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
