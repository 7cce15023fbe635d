package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.VaultReference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Prescribers, deliveries to them, and what they hand out. */
@RestController
@RequestMapping("/api")
public class DistributionEndpoint {
  private final Commands commands;
  private final Beneficiaries beneficiaries;

  DistributionEndpoint(Commands commands, Beneficiaries beneficiaries) {
    this.commands = commands;
    this.beneficiaries = beneficiaries;
  }

  /**
   * A hand-out as it is sent: by carnet, by range of cheques, by single cheque, or all of these.
   *
   * @param carnets numbers of carnets in their batch, from 1
   * @param ranges ordinals in their batch
   * @param cheques serials as printed; a whole code is taken as well, because that is what the QR
   *     code holds, and its check part is dropped unread
   * @param publicCode left out if the programme names no publics
   * @param beneficiary what tells the person again, if the programme has a renewal rule; kept
   *     nowhere
   */
  public record HandOutBody(
      HandOutId handOut,
      PrescriberId prescriber,
      LocalDate handedOutOn,
      @Nullable List<HandOutRange> carnets,
      @Nullable List<HandOutRange> ranges,
      @Nullable List<String> cheques,
      @Nullable String publicCode,
      @Nullable String beneficiary) {
    /** Without what may tell of a person. */
    @Override
    public String toString() {
      return "HandOutBody[%s of %s]".formatted(handOut, prescriber);
    }

    HandOutCheques command(Optional<VaultReference> beneficiary) {
      return new HandOutCheques(
          handOut,
          prescriber,
          choices(carnets, ranges, cheques),
          handedOutOn,
          publicCode == null ? "" : publicCode,
          beneficiary);
    }
  }

  private static List<Choice> choices(
      @Nullable List<HandOutRange> carnets,
      @Nullable List<HandOutRange> ranges,
      @Nullable List<String> cheques) {
    List<Choice> choices = new ArrayList<>();
    if (carnets != null) {
      carnets.forEach(r -> choices.add(new Choice.Carnets(r.batch, r.first, r.last)));
    }
    if (ranges != null) {
      ranges.forEach(r -> choices.add(new Choice.Cheques(r.batch, r.first, r.last)));
    }
    if (cheques != null) {
      for (int i = 0; i < cheques.size(); i++) {
        choices.add(Choice.cheque(serial(cheques.get(i), i + 1)));
      }
    }
    return choices;
  }

  /** What is taken back, named as in a hand-out. */
  public record TakeBackBody(
      CorrectionId correction,
      PrescriberId prescriber,
      @Nullable List<HandOutRange> carnets,
      @Nullable List<HandOutRange> ranges,
      @Nullable List<String> cheques) {
    TakeBack command(TakeBack.Step step) {
      return new TakeBack(step, correction, prescriber, choices(carnets, ranges, cheques));
    }
  }

  /**
   * @param cheques how many were taken back
   */
  public record TakenBack(
      CorrectionId correction,
      PrescriberId prescriber,
      int cheques,
      long position,
      boolean already,
      boolean dryRun) {}

  /**
   * @param first inclusive
   * @param last inclusive
   */
  public record HandOutRange(Batch batch, int first, int last) {}

  /**
   * @param line place in the list, from 1
   */
  private static Serial serial(String text, int line) {
    return ChequeCode.parse(text).map(ChequeCode::serial).orElseGet(() -> serialAlone(text, line));
  }

  private static Serial serialAlone(String text, int line) {
    try {
      return Serial.parse(text);
    } catch (IllegalArgumentException e) {
      // What was sent is not repeated: it may be a mistyped code that can still be spent.
      String rule = "cheque %d of the list is no serial".formatted(line);
      String remedy = "copy the first two groups of the cheque, nine characters";
      throw Problem.badRequest(
          "SERIAL_NOT_READABLE",
          rule + "; " + remedy,
          List.of(new Problem.Fault(line, "cheques", "", rule, remedy)));
    }
  }

  @PostMapping("/prescribers")
  @Permit(Role.CLERK)
  @Operation(operationId = "registerPrescriber", summary = "Make a prescriber known")
  public ResponseEntity<Answer<PrescriberRegistered>> registerPrescriber(
      @RequestBody RegisterPrescriber prescriber,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, prescriber, actor, dryRun);
  }

  @PostMapping("/deliveries")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "deliverCheques",
      summary = "Record that carnets went to a prescriber's stock",
      description =
          "A carnet that is whole in the operator's stock goes whole (`NOT_WHOLE_CARNETS`). Of one"
              + " of which cheques have left it, or were lost or stolen, any that are left may go:"
              + " one that came back alone, or the nine beside one that was replaced.")
  public ResponseEntity<Answer<ChequesDelivered>> deliverCheques(
      @RequestBody DeliverCheques delivery,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, delivery, actor, dryRun);
  }

  @PostMapping("/hand-outs")
  @Permit(
      value = {Role.CLERK, Role.PRESCRIBER},
      owner = "prescriber")
  @Operation(
      operationId = "handOutCheques",
      summary = "Record that a prescriber handed cheques of its stock to one person",
      description =
          """
          Not after the day on which the last funder of the order approved its end \
          (`HANDED_OUT_AFTER_APPROVAL`); of an earlier day it is recorded. \
          `publicCode` is one of the programme's publics. Where the programme has a renewal rule, \
          `beneficiary` tells the person again (a file number, never a name): it is digested under \
          a key of that person's own, kept nowhere, and can be erased. Cheques of such a programme \
          are handed out apart from those of another. `beneficiary` in the answer is a reference \
          into the vault. A dry run keeps nothing and looks up nobody, for it would tell who was \
          given a carnet: everybody is `not-kept` in its answer, and only the hand-out itself is \
          refused with `RENEWAL_TOO_EARLY`. Of a hand-out that is recorded it compares all but \
          `beneficiary`.\
          """)
  public ResponseEntity<Answer<ChequesHandedOut>> handOutCheques(
      @RequestBody HandOutBody handOut,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, of(handOut, dryRun), actor, dryRun);
  }

  /**
   * Tried first by who the vault knows already: nothing is kept of a person whose hand-out is
   * refused, rehearsed or sent again. A dry run is answered alike for everybody.
   */
  private HandOutCheques of(HandOutBody handOut, boolean dryRun) {
    HandOutCheques unnamed = handOut.command(Optional.empty());
    String entered = handOut.beneficiary();
    if (entered == null) {
      return unnamed;
    }
    if (dryRun) {
      return handOut.command(Optional.of(beneficiaries.rehearsed(unnamed, entered)));
    }
    HandOutCheques tried = handOut.command(Optional.of(beneficiaries.known(unnamed, entered)));
    if (Problem.recorded(commands.rehearse(tried)).already()) {
      return tried;
    }
    return handOut.command(Optional.of(beneficiaries.kept(unnamed, entered)));
  }

  @Schema(name = "BeneficiaryErasure")
  record ErasureBody(ProgrammeId programme, String beneficiary) {
    @Override
    public String toString() {
      return "ErasureBody[withheld]";
    }
  }

  /** The same answer whether there was anything to erase. */
  record Erased(ProgrammeId programme) {}

  @PostMapping("/beneficiary-erasures")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "eraseBeneficiary",
      summary = "Destroy the key by which a person's hand-outs of a programme are told again",
      description =
          """
          The ledger keeps its hand-outs, and nothing tells any more whose they were; the person's \
          next hand-out counts as a first. Answered alike whether there was anything to erase.\
          """)
  Erased eraseBeneficiary(@RequestBody ErasureBody person) {
    beneficiaries.erase(person.programme(), person.beneficiary());
    return new Erased(person.programme());
  }

  @PostMapping("/stock-returns")
  @Permit(
      value = {Role.CLERK, Role.PRESCRIBER},
      owner = "prescriber")
  @Operation(
      operationId = "returnStock",
      summary = "Record that cheques of a prescriber's stock went back to the operator",
      description =
          "Corrects a delivery too: what is taken back can be delivered again, to anybody."
              + " Refused for cheques that are handed out, opposed or another's.")
  public ResponseEntity<TakenBack> returnStock(
      @RequestBody TakeBackBody stock,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return takeBack(stock.command(TakeBack.Step.DELIVERY), actor, dryRun);
  }

  @PostMapping("/hand-out-corrections")
  @Permit(
      value = {Role.CLERK, Role.PRESCRIBER},
      owner = "prescriber")
  @Operation(
      operationId = "correctHandOut",
      summary = "Record that cheques were not handed out after all",
      description =
          "They are in the prescriber's stock again and their validity has not begun; hand"
              + " them out again to correct a date. Refused once a venue accepted them.")
  public ResponseEntity<TakenBack> correctHandOut(
      @RequestBody TakeBackBody handOut,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return takeBack(handOut.command(TakeBack.Step.HAND_OUT), actor, dryRun);
  }

  private ResponseEntity<TakenBack> takeBack(TakeBack command, Actor actor, boolean dryRun) {
    Outcome.Recorded<Fact> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    List<ChequeRange> cheques =
        switch (recorded.answer()) {
          case StockReturned f -> f.cheques();
          case HandOutCorrected f -> f.cheques();
          default -> throw new IllegalStateException("no correction: " + recorded.answer());
        };
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new TakenBack(
                command.correction(),
                command.prescriber(),
                cheques.stream().mapToInt(ChequeRange::count).sum(),
                recorded.position(),
                recorded.already(),
                dryRun));
  }
}
