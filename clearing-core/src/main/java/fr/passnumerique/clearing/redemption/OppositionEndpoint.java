package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cheques that were lost or stolen. */
@RestController
@RequestMapping("/api")
public final class OppositionEndpoint {
  private final Commands commands;

  OppositionEndpoint(Commands commands) {
    this.commands = commands;
  }

  /**
   * @param cheques serials as printed; a whole code is taken as well, and its check part dropped
   * @param ranges ordinals in their batch
   */
  @Schema(name = "OppositionBody")
  public record Body(
      @Schema(example = "perte-2026-11-24") OppositionId opposition,
      @Schema(example = "LOST") Reason reason,
      @Schema(example = "[\"00007-0003\"]") @Nullable List<String> cheques,
      @Nullable List<Named> ranges) {
    OpposeCheques command(Actor actor) {
      return new OpposeCheques(
          opposition, named(cheques, ranges), reason, actor.account(), owner(actor));
    }
  }

  /** A prescriber speaks of its own cheques alone. */
  private static Optional<PrescriberId> owner(Actor actor) {
    return actor.role() == Role.PRESCRIBER
        ? Optional.of(new PrescriberId(actor.subject()))
        : Optional.empty();
  }

  private static List<Named> named(@Nullable List<String> cheques, @Nullable List<Named> ranges) {
    List<Named> named = new ArrayList<>();
    if (cheques != null) {
      for (int i = 0; i < cheques.size(); i++) {
        named.add(Named.of(serial(cheques.get(i), i + 1)));
      }
    }
    if (ranges != null) {
      named.addAll(ranges);
    }
    return named;
  }

  /**
   * @param line place in the list, from 1
   */
  private static Serial serial(String text, int line) {
    Optional<Serial> code = ChequeCode.parse(text).map(ChequeCode::serial);
    if (code.isPresent()) {
      return code.get();
    }
    try {
      return Serial.parse(text);
    } catch (IllegalArgumentException _) {
      // What was sent is not repeated: it may be a mistyped code that can still be spent.
      String rule = "cheque %d of the list is no serial".formatted(line);
      String remedy = "copy the first two groups of the cheque, nine characters";
      throw Problem.badRequest(
          "SERIAL_NOT_READABLE",
          rule + "; " + remedy,
          List.of(new Problem.Fault(line, "cheques", "", rule, remedy)));
    }
  }

  @PostMapping("/oppositions")
  @Permit({Role.CLERK, Role.PRESCRIBER})
  @Operation(
      operationId = "opposeCheques",
      summary = "Report cheques as lost or stolen, by serial or by range",
      description =
          "No line with them is accepted from then on, and what is set aside for them is"
              + " due back at once. A line accepted before stands; its cheque is told apart, and"
              + " is opposed once its slip is withdrawn. A prescriber opposes what it holds or"
              + " handed out, a clerk any. Above pass.opposition.most-cheques-alone cheques it"
              + " waits for a second person (status AWAITING_SECOND_PERSON, then"
              + " approveOpposition).")
  public ResponseEntity<Answer<Opposition>> opposeCheques(
      @RequestBody Body opposition,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(commands, opposition.command(actor), actor, dryRun);
  }

  @PostMapping("/oppositions/{oppositionId}/approval")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "approveOpposition",
      summary = "A second person brings a proposed opposition into force",
      description =
          "Which of its cheques can still be opposed is decided now. The account that"
              + " proposed it is refused (422 SECOND_PERSON_NEEDED).")
  public ResponseEntity<Answer<Opposition>> approveOpposition(
      @PathVariable("oppositionId") OppositionId opposition,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new ApproveOpposition(opposition, actor.account()), actor, dryRun);
  }

  /**
   * @param cheques opposed ones of one batch, as serials
   * @param ranges opposed ones of the same batch, by ordinals
   */
  @Schema(name = "ReplacementBody")
  public record ReplacementBody(
      @Schema(example = "remplacement-12") OrderId replacement,
      @Schema(example = "[\"00007-0003\"]") @Nullable List<String> cheques,
      @Nullable List<Named> ranges) {}

  /**
   * @param batch of the new cheques; its codes are those of the order with the replacement's name
   */
  @Schema(name = "Replacement")
  public record Replacement(
      OrderId replacement,
      Batch batch,
      List<Replaced> cheques,
      long setAsideCents,
      long position,
      boolean already,
      boolean dryRun) {}

  /** Both without check part. */
  public record Replaced(String replaced, String by) {}

  @PostMapping("/replacements")
  @Permit({Role.CLERK, Role.PRESCRIBER})
  @Operation(
      operationId = "replaceCheques",
      summary = "Give opposed cheques new serials, in a replacement batch",
      description =
          "The new cheques inherit the split of the old ones, consume no funding, are activated if"
              + " the old ones were, and keep their last day; what was due back is set aside again."
              + " They are in the operator's stock: print their codes (downloadCodes with the"
              + " replacement's name), deliver and hand them out. A prescriber has what it holds or"
              + " handed out replaced, a clerk any.")
  public ResponseEntity<Replacement> replaceCheques(
      @RequestBody ReplacementBody body,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    ReplaceCheques command =
        new ReplaceCheques(
            body.replacement(),
            named(body.cheques(), body.ranges()),
            actor.account(),
            owner(actor));
    Outcome.Recorded<ChequesReplaced> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    ChequesReplaced replaced = recorded.answer();
    List<Replaced> cheques = new ArrayList<>();
    for (Serial old : replaced.replaced()) {
      cheques.add(
          new Replaced(
              old.toString(), new Serial(replaced.batch(), cheques.size() + 1).toString()));
    }
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Replacement(
                replaced.replacement(),
                replaced.batch(),
                cheques,
                replaced.setAside().stream().mapToLong(FundedCents::cents).sum(),
                recorded.position(),
                recorded.already(),
                dryRun));
  }
}
