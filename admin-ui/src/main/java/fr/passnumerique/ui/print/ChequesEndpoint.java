package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.HandOuts;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.CodeDesk;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.PrintedCodes;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import fr.passnumerique.ui.print.ChequeSheets.Face;
import fr.passnumerique.ui.print.ChequeSheets.Sheet;
import fr.passnumerique.ui.print.ChequeSheets.Term;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cheques to print, codes and all: for whoever may have the codes, and noted like these. */
@RestController
public final class ChequesEndpoint {
  /** Cheques of a document: four megabytes, made in some seconds. */
  public static final int MOST = 10_000;

  /** Cheques that are drawn while a person waits; more are a work that tells how far it is. */
  public static final int WAITED_FOR = 2_500;

  private static final String TOO_MANY = "TOO_MANY_CHEQUES";

  private final CodeDesk desk;
  private final HandOuts handOuts;
  private final ToldFacts facts;
  private final ChequePrinter printer;

  ChequesEndpoint(CodeDesk desk, HandOuts handOuts, ToldFacts facts, ChequePrinter printer) {
    this.desk = desk;
    this.handOuts = handOuts;
    this.facts = facts;
    this.printer = printer;
  }

  @Printed(
      path = "/api/orders/{orderId}/cheques.pdf",
      operationId = "printCheques",
      summary = "An order's cheques on sheets of A4, ten a sheet, with marks to cut them at",
      description =
          """
          A carnet of ten is a sheet; every cheque has its own place, so that a spoilt sheet is \
          printed again by its ordinals. Code and QR say the same. At most 10 000 cheques a \
          document: a longer order is printed in parts (422 `TOO_MANY_CHEQUES` names the first). \
          A cheque that replaces another says the last day that it keeps from it. \
          As with `downloadCodes` it is noted who took which codes.\
          """)
  @ApiResponse(responseCode = "422", ref = Printed.RULE_FORBIDS)
  @Permit(Role.CLERK)
  ResponseEntity<byte[]> printCheques(
      @PathVariable("orderId") OrderId order,
      @Parameter(description = "Ordinal of the first cheque, 1 if left out")
          @RequestParam(required = false)
          @Nullable Integer from,
      @Parameter(description = "Ordinal of the last, inclusive; the order's if left out")
          @RequestParam(required = false)
          @Nullable Integer to,
      Actor actor) {
    Asked asked = asked(order, from, to);
    return named(asked, printer.print(() -> sheets(asked, actor)));
  }

  /** Which cheques of an order are asked for, by ordinals, both inclusive. */
  record Asked(ChequesIssued issued, int first, int last) {
    int cheques() {
      return last - first + 1;
    }
  }

  /**
   * @throws Problem as {@code printCheques}
   */
  Asked asked(OrderId order, @Nullable Integer from, @Nullable Integer to) {
    ChequesIssued issued = desk.issued(order);
    int first = from == null ? 1 : from;
    int last = to == null ? issued.chequeCount() : to;
    desk.require(issued, first, last);
    if (last - first >= MOST) {
      throw tooMany(first, last);
    }
    return new Asked(issued, first, last);
  }

  /** As {@code printCheques}, beside the requests: it waits for its turn as long as that takes. */
  ResponseEntity<byte[]> printInTurn(Asked asked, Actor actor, Progress progress) {
    return named(asked, printer.printInTurn(() -> sheets(asked, actor), progress));
  }

  private static ResponseEntity<byte[]> named(Asked asked, byte[] pdf) {
    return Pdf.named(
        "cheques-%s-%d-%d".formatted(asked.issued().order(), asked.first(), asked.last()), pdf);
  }

  private ChequeSheets sheets(Asked asked, Actor actor) {
    OrderId order = asked.issued().order();
    return new ChequeSheets(
        "Commande %s, lot %s".formatted(order, asked.issued().batch()),
        sheets(desk.take(order, asked.first(), asked.last(), actor), null));
  }

  @Printed(
      path = "/api/prescribers/{prescriberId}/hand-outs/{handOutId}/cheques.pdf",
      operationId = "printHandOut",
      summary = "The cheques of one hand-out on sheets of A4, with the day of the hand-out",
      description =
          """
          As `printCheques`, of the cheques that were handed out together, but for those that a \
          correction put back into stock (409 `HAND_OUT_CORRECTED` if none is left). A prescriber \
          prints what it handed out itself, and nothing that it still has in stock.\
          """)
  @ApiResponse(responseCode = "409", ref = Printed.CONFLICT)
  @ApiResponse(responseCode = "422", ref = Printed.RULE_FORBIDS)
  @Permit(
      value = {Role.CLERK, Role.PRESCRIBER},
      owner = "prescriberId")
  ResponseEntity<byte[]> printHandOut(
      @PathVariable("prescriberId") PrescriberId prescriber,
      @PathVariable("handOutId") HandOutId handOut,
      Actor actor) {
    Ownership.require(actor, Role.PRESCRIBER, prescriber.value());
    ChequesHandedOut handedOut =
        facts
            .present(
                "hand-out %s of prescriber %s".formatted(handOut, prescriber),
                "hand-out:%s/%s".formatted(prescriber, handOut),
                ChequesHandedOut.class,
                _ -> true)
            .fact();
    List<ChequeRange> left = handOuts.left(handedOut);
    if (left.isEmpty()) {
      throw new Problem(
          409,
          "HAND_OUT_CORRECTED",
          "all cheques of hand-out %s were put back into stock".formatted(handOut),
          "print the hand-out under which they were handed out since, or cheques of their order");
    }
    int cheques = left.stream().mapToInt(ChequeRange::count).sum();
    if (cheques > MOST) {
      throw new Problem(
          422,
          TOO_MANY,
          "a document holds at most %d cheques, and this hand-out has %d".formatted(MOST, cheques),
          "print them in parts by the ordinals of their order (printCheques)");
    }
    return Pdf.named(
        "cheques-%s-%s".formatted(prescriber, handOut),
        printer.print(
            () ->
                new ChequeSheets(
                    "Remise %s".formatted(handOut),
                    left.stream()
                        .map(range -> desk.take(range.batch(), range.first(), range.last(), actor))
                        .flatMap(codes -> sheets(codes, handedOut.handedOutOn()).stream())
                        .toList())));
  }

  /**
   * @param handedOutOn null if that is nothing to whoever prints
   */
  private List<Sheet> sheets(PrintedCodes codes, @Nullable LocalDate handedOutOn) {
    ChequesIssued issued = codes.issued();
    String programme = facts.programme(issued.programme());
    List<KeptDay> kept = facts.keptDays(issued);
    return ChequeSheets.of(
        codes, ordinal -> Face.of(issued, programme, Term.of(ordinal, issued, kept, handedOutOn)));
  }

  private static Problem tooMany(int first, int last) {
    String rule =
        "a document holds at most %d cheques, asked for %d".formatted(MOST, last - first + 1);
    String remedy =
        "print from=%d&to=%d first, and the others after it".formatted(first, first + MOST - 1);
    return new Problem(
        422,
        TOO_MANY,
        rule + "; " + remedy,
        List.of(Problem.Fault.of("to", String.valueOf(last), rule, remedy)));
  }
}
