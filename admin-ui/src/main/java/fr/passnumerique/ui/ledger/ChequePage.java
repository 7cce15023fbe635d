package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.ChequePostings;
import fr.passnumerique.projections.histories.ChequePostingsQuery;
import fr.passnumerique.projections.histories.Discretion;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tells a cheque's life from its serial. */
@Controller
final class ChequePage {
  private static final String[] OF_NOW = {"registers", "claims", "histories"};

  /** Which position an instant comes to is told by the balances' journal. */
  private static final String[] OF_THEN = {"registers", "claims", "histories", "accounts"};

  private final ChequeHistories histories;
  private final ChequePostingsQuery postings;
  private final PostingsQuery figures;
  private final BalancesQuery balances;
  private final Standings standings;
  private final Supplier<Names> names;
  private final DataSource reader;
  private final French french;

  ChequePage(
      ChequeHistories histories,
      ChequePostingsQuery postings,
      PostingsQuery figures,
      BalancesQuery balances,
      Standings standings,
      Supplier<Names> names,
      DataSource reader,
      French french) {
    this.histories = histories;
    this.postings = postings;
    this.figures = figures;
    this.balances = balances;
    this.standings = standings;
    this.names = names;
    this.reader = reader;
    this.french = french;
  }

  @GetMapping("/cheques")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String ask(Model model) {
    return unknown("", false, model);
  }

  /**
   * Posted, not in the address: people type the whole code, and its last characters are a secret
   * that no log may keep.
   */
  @PostMapping("/cheques")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String find(@RequestParam String serial, HttpServletResponse response, Model model) {
    return Serials.read(serial)
        .map(found -> "redirect:/cheques/" + found)
        .orElseGet(
            () -> {
              response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
              return unknown("", true, model);
            });
  }

  @GetMapping("/cheques/{serial}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String life(
      Actor actor,
      @PathVariable("serial") String asked,
      @RequestParam(required = false) @Nullable Long asOfPosition,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Long position,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WhichMoment when = PageMoment.of(asOfPosition, asOf, null, position);
    Optional<Serial> serial = Serials.read(asked);
    if (serial.isPresent() && !asked.equals(serial.get().toString())) {
      String query = request.getQueryString();
      return "redirect:/cheques/" + serial.get() + (query == null ? "" : "?" + query);
    }
    boolean now = when.equals(WhichMoment.NOW);
    Generation generation = new ShownBefore(shownBefore).generation(reader, OF_NOW);
    ChequeHistories shown = histories.of(generation);
    long head = standings.awaitHead(now ? OF_NOW : OF_THEN);
    Optional<ChequeHistory> found =
        serial
            .flatMap(
                cheque ->
                    now
                        ? shown.find(cheque)
                        : when.ask(head, moment -> shown.find(cheque, balances.position(moment))))
            .flatMap(Discretion.of(actor)::apply);
    if (found.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return unknown(serial.map(Serial::toString).orElse(""), true, model);
    }
    ChequeHistory history = found.get();
    model.addAttribute(
        "cheque",
        ChequeLife.of(
            history,
            (now && generation == null
                    ? standings.of(history.position(), history.recordedAt(), head, OF_NOW)
                    : Situation.asAsked(history.position(), history.recordedAt()))
                .with(history.caveats()),
            activated(history) ? money(serial.orElseThrow(), history.position(), actor) : List.of(),
            actor,
            french));
    return "cheque";
  }

  private static boolean activated(ChequeHistory history) {
    return history.events().stream().anyMatch(event -> event instanceof HistoryEvent.Activated);
  }

  /**
   * It ends with the activation, so that it is the same at any moment since, but for what was taken
   * back by then.
   *
   * @param told the position up to which the cheque is
   */
  private List<MoneyIn> money(Serial serial, long told, Actor actor) {
    List<ChequePostings.Receipt> receipts =
        actor.role() == Role.PRESCRIBER
            ? List.of()
            : postings
                .find(serial, actor)
                .flatMap(found -> Optional.ofNullable(found.receipts()))
                .orElse(List.of());
    PostingLinks readable =
        PostingLinks.of(
            actor, figures, receipts.stream().map(ChequePostings.Receipt::position).toList());
    Names known = names.get();
    return receipts.stream().map(receipt -> MoneyIn.of(receipt, told, readable, known)).toList();
  }

  private static String unknown(String asked, boolean unknown, Model model) {
    model.addAttribute("asked", asked);
    model.addAttribute("unknown", unknown);
    return "cheques";
  }
}
