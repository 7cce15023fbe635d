package fr.passnumerique.clearing.expiry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The end of orders, signed by both sides, and what is refunded for it. */
@RestController
@RequestMapping("/api")
public class ExpiryEndpoint {
  private final Commands commands;
  private final ExpiryRegister register;
  private final ReadLock registers;
  private final Clock clock;

  ExpiryEndpoint(Commands commands, ExpiryRegister register, ReadLock registers, Clock clock) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * @param step APPROVAL, ACKNOWLEDGEMENT or STATEMENT
   */
  public record SignatureBody(ExpiryStep step) {}

  /**
   * @param bookedOn the bank's date, Europe/Paris
   */
  public record RefundBody(LocalDate bookedOn) {}

  /**
   * One line of the calendar of expiries.
   *
   * @param endsOn J
   * @param lastDay of the tolerance: from the day after, nothing is live
   */
  public record Ending(
      String order,
      String agreement,
      LocalDate endsOn,
      LocalDate lastDay,
      boolean announced,
      boolean expired) {}

  public record Endings(List<Ending> orders) {}

  /**
   * @param order of whose cheques it is; absent of what was in no cheque
   * @param agreement of what was in no cheque; absent of an order's
   * @param refundedOn the bank's date; absent until the bank has booked it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Note(
      String creditNote,
      Optional<String> order,
      Optional<String> agreement,
      String funder,
      long amountCents,
      LocalDate issuedOn,
      Optional<LocalDate> refundedOn) {}

  public record Notes(List<Note> creditNotes) {}

  @GetMapping("/expiries")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Operation(
      operationId = "readExpiries",
      summary = "The calendar of expiries: every order with its end, the first to end first",
      description =
          """
          A funder reads the orders that it pays for.\
          """)
  public Endings readExpiries(Actor actor) {
    return endings(actor);
  }

  private static final Table<Ending> ENDINGS =
      Table.<Ending>of()
          .code("order", "Commande", Ending::order)
          .code("agreement", "Convention", Ending::agreement)
          .day("endsOn", "À remettre jusqu’au", Ending::endsOn)
          .day("lastDay", "Utilisables jusqu’au", Ending::lastDay)
          .text("announced", "Annoncée", ending -> yesOrNo(ending.announced()))
          .text("expired", "Périmée", ending -> yesOrNo(ending.expired()));

  private static String yesOrNo(boolean it) {
    return it ? "oui" : "non";
  }

  @TableExport(
      path = "/expiries/export",
      operationId = "exportExpiries",
      summary = "The calendar of readExpiries as a file")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  void exportExpiries(Actor actor, TableDownload to) throws IOException {
    to.send(ENDINGS, endings(actor).orders()::forEach, "fins-de-validite");
  }

  private Endings endings(Actor actor) {
    return registers.read(
        () ->
            new Endings(
                register.orders().stream()
                    .filter(order -> mayRead(order, actor))
                    .map(ExpiryEndpoint::ending)
                    .sorted(Comparator.comparing(Ending::endsOn).thenComparing(Ending::order))
                    .toList()));
  }

  private static Ending ending(EndingOrder order) {
    return new Ending(
        order.issued().order().value(),
        order.issued().agreement().value(),
        order.issued().endsOn(),
        order.from(ExpiryStep.EXPIRY).minusDays(1),
        order.announcedAt() != null,
        order.expired() != null);
  }

  @GetMapping("/orders/{orderId}/expiry")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Operation(
      operationId = "readOrderExpiry",
      summary = "Where an order's cheques stand, the steps of its end, and its statement",
      description =
          """
          issued = in stock + live + redeemed + expired + opposed + replaced + void, per funder. A \
          funder sees its own shares beside the whole; an order of others is answered as one that \
          does not exist. `open` are the steps that the reader can take now. What is due back of the \
          statement's two kinds and `opposedOrWaivedCents` sum to `dueBackCents`, of all funders.\
          """)
  public OrderExpiry readOrderExpiry(@PathVariable("orderId") OrderId orderId, Actor actor) {
    return readable(
        orderId, actor, order -> OrderExpiry.of(order, register, actor, clock.instant()));
  }

  /**
   * @throws Problem 404 if there is no such order, or none that the actor pays for
   */
  private <T> T readable(OrderId orderId, Actor actor, Function<EndingOrder, T> read) {
    String what = "order " + orderId;
    return registers
        .find(
            what,
            () ->
                Optional.ofNullable(register.order(orderId))
                    .filter(order -> mayRead(order, actor))
                    .map(read))
        .orElseThrow(() -> Problem.notFound(what));
  }

  private static boolean mayRead(EndingOrder order, Actor actor) {
    return order.funders().stream().anyMatch(mine(actor));
  }

  /** Whose shares an actor sees. */
  static Predicate<FunderId> mine(Actor actor) {
    return funder -> actor.role() != Role.FUNDER || funder.value().equals(actor.subject());
  }

  @PostMapping("/orders/{orderId}/expiry/announcement")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "announceExpiry",
      summary = "Tell an order's funders that it comes to its end, from 30 days before on",
      description =
          """
          Recorded by the engine on its day; asked again, it answers what was recorded. Refused \
          before with `STEP_TOO_EARLY`, and with `UNKNOWN_ORDER` for an order that is not issued.\
          """)
  public ResponseEntity<Answer<ExpiryAnnounced>> announceExpiry(
      @PathVariable("orderId") OrderId orderId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new AnnounceExpiry(orderId), actor, dryRun);
  }

  @PostMapping("/orders/{orderId}/expiry")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "expireCheques",
      summary = "End the life of an order's unredeemed cheques, once its tolerance is over",
      description =
          """
          Recorded by the engine a minute after the tolerance; asked again, it answers what was \
          recorded. Refused before with `STEP_TOO_EARLY`.\
          """)
  public ResponseEntity<Answer<ChequesExpired>> expireCheques(
      @PathVariable("orderId") OrderId orderId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new ExpireCheques(orderId), actor, dryRun);
  }

  @PostMapping("/orders/{orderId}/expiry/signatures")
  @Permit({Role.CLERK, Role.FUNDER})
  @Operation(
      operationId = "signExpiry",
      summary = "Sign a step of an order's end: a funder each of them, the operator the statement",
      description =
          """
          A funder signs for itself, a clerk for the operator. The second signature on the statement \
          issues the funder's credit note; and, out of the same cash, that of a funder that pays on use and \
          had repaid more than is used (`preFinancier`), which need not sign for it. Refused with `STEP_NOT_SIGNED` for what nobody signs, \
          `STEP_TOO_EARLY` before its day, `NOT_YET_EXPIRED` for a statement of what has not \
          expired.\
          """)
  public ResponseEntity<Answer<SignExpiry.Signed>> signExpiry(
      @PathVariable("orderId") OrderId orderId,
      @RequestBody SignatureBody signature,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    Optional<FunderId> funder =
        actor.role() == Role.FUNDER ? Optional.of(new FunderId(actor.subject())) : Optional.empty();
    if (funder.isPresent()) {
      readable(orderId, actor, Function.identity());
    }
    return Answer.to(
        commands,
        new SignExpiry(orderId, signature.step(), funder, actor.account()),
        actor,
        dryRun);
  }

  @GetMapping("/credit-notes")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Operation(
      operationId = "readCreditNotes",
      summary = "Credit notes, in order of issue, and which are refunded",
      description =
          """
          A funder reads its own. `order~funder` is the note of the statement, `order~funder~2` and \
          so on are of what reversals brought back; `giveBack~~funder` is of what was paid in and in \
          no cheque (`giveBackCredit`).\
          """)
  public Notes readCreditNotes(Actor actor) {
    return notes(actor);
  }

  private static final Table<Note> NOTES =
      Table.<Note>of()
          .code("creditNote", "Avoir", Note::creditNote)
          .code("order", "Commande", note -> note.order().orElse(null))
          .code("agreement", "Convention", note -> note.agreement().orElse(null))
          .code("funder", "Financeur", Note::funder)
          .cents("amountCents", "Montant", Note::amountCents)
          .day("issuedOn", "Émis le", Note::issuedOn)
          .day("refundedOn", "Remboursé le", note -> note.refundedOn().orElse(null));

  @TableExport(
      path = "/credit-notes/export",
      operationId = "exportCreditNotes",
      summary = "The credit notes of readCreditNotes as a file")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  void exportCreditNotes(Actor actor, TableDownload to) throws IOException {
    to.send(NOTES, notes(actor).creditNotes()::forEach, "avoirs");
  }

  private Notes notes(Actor actor) {
    return registers.read(
        () ->
            new Notes(
                register.creditNotes().stream()
                    .map(Recorded::fact)
                    .filter(note -> mine(actor).test(note.funder()))
                    .map(this::note)
                    .toList()));
  }

  private Note note(CreditNote note) {
    return new Note(
        note.creditNote().value(),
        note instanceof CreditNoteIssued ofAnOrder
            ? Optional.of(ofAnOrder.order().value())
            : Optional.empty(),
        note.free().map(free -> free.agreement().value()),
        note.funder().value(),
        note.amountCents(),
        note.issuedOn(),
        Optional.ofNullable(register.refund(note.creditNote()))
            .map(refund -> refund.fact().bookedOn()));
  }

  @PostMapping("/credit-notes/{creditNoteId}/refund")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "refundCreditNote",
      summary = "Record that the bank debited the account for a credit note",
      description =
          "Where a released order of refunds is to pay it, its transfer counts as booked, and a"
              + " statement proves it later. Once the bank has booked a debit of that transfer that"
              + " nobody has explained, it is refused (`DEBIT_UNEXPLAINED`): explain the entry by"
              + " matchBankEntry. Before the order's file was downloaded it is refused too"
              + " (`FILE_NEVER_HANDED_OUT`), and of a day that a clerk took back (takeRefundBack,"
              + " `REFUND_TAKEN_BACK`). `bookedOn` may lie before the note's own day: what"
              + " the bank has paid back already is given a note afterwards, which is then"
              + " recorded as refunded on the day of its booking.")
  public ResponseEntity<Answer<CreditNoteRefunded>> refundCreditNote(
      @PathVariable("creditNoteId") CreditNoteId creditNote,
      @RequestBody RefundBody refund,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new RefundCreditNote(creditNote, refund.bookedOn()), actor, dryRun);
  }
}
