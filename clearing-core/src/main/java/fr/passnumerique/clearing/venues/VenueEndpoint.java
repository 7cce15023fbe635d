package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.http.TextUpload;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.venues.VenuesImported.VenueChange;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Which venues there are is the clerk's to record. */
@RestController
public final class VenueEndpoint {
  private static final String CSV = "text/csv";
  private static final byte[] NOTHING = {};
  private static final String IDENTIFICATION = "/api/venues/{venueId}/identification";

  private final Commands commands;
  private final VenueImport imports;

  VenueEndpoint(Commands commands, VenueImport imports) {
    this.commands = commands;
    this.imports = imports;
  }

  /**
   * @param rows points of service in the file
   * @param departements of spending that they lie in
   * @param added venues that were on no list before
   * @param unchanged venues that are known exactly so
   * @param digest of a dry run, to be quoted as {@code expectDigest}
   * @param already the list is in force as it is: nothing is to record
   * @param position of the last fact; the ledger's head if nothing was to record
   */
  public record VenueImportAnswer(
      String source,
      boolean dryRun,
      int rows,
      int venues,
      int departements,
      int added,
      int changed,
      int unchanged,
      List<VenueChange> changes,
      String digest,
      boolean already,
      long position) {}

  @PostMapping(
      path = "/api/venues/import",
      consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, CSV})
  @Permit(Role.CLERK)
  @Operation(
      operationId = "importVenues",
      summary = "Import a list of venues in the LaMednum standard 1.0.2, whole or not at all",
      description =
          "UTF-8 CSV, as the part `file` of a form or as the body. A venue that is new or changed"
              + " is recorded; the same list again adds nothing.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schemaProperties =
                        @SchemaProperty(
                            name = "file",
                            schema = @Schema(type = "string", format = "binary"))),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
              }))
  public ResponseEntity<VenueImportAnswer> importVenues(
      @Parameter(hidden = true) @RequestParam(name = "file", required = false)
          @Nullable MultipartFile file,
      @Parameter(
              description = "Label of the list; by default what all its rows name as their source")
          @RequestParam(name = "source", required = false)
          @Nullable String source,
      @Parameter(
              description =
                  "SIRETs of the list's sole traders, whose names, streets and positions are kept"
                      + " in the vault")
          @RequestParam(name = "soleTraders", required = false)
          @Nullable List<String> soleTraders,
      @Parameter(description = "Say what would change, and change nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      @Parameter(
              description =
                  "Refuse unless the import does what the dry run with this digest showed")
          @RequestParam(name = "expectDigest", required = false)
          @Nullable String expectDigest,
      @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
      Actor actor,
      Progress progress) {
    String list =
        file == null ? TextUpload.decode(body == null ? NOTHING : body) : TextUpload.decode(file);
    VenueImport.Options options =
        new VenueImport.Options(
            Optional.ofNullable(source),
            identifiers("soleTraders", soleTraders == null ? List.of() : soleTraders),
            Optional.ofNullable(expectDigest));
    Outcome.Recorded<VenueImport.Report> outcome =
        dryRun
            ? imports.rehearse(list, options, progress)
            : imports.apply(list, options, actor, progress);
    VenueImport.Report report = outcome.answer();
    VenueImportAnswer answer =
        new VenueImportAnswer(
            report.source(),
            dryRun,
            report.rows(),
            report.venues(),
            report.departements(),
            report.added(),
            report.changed(),
            report.unchanged(),
            report.changes(),
            report.digest(),
            outcome.already(),
            outcome.position());
    return answered(dryRun || outcome.already(), answer);
  }

  /**
   * @param siret 14 digits, with or without blanks
   * @param replaces the SIRET by which the venue is identified, where that is wrong; left out the
   *     first time
   */
  public record VenueIdentification(
      @Schema(example = "40109226700020") String siret,
      @Schema(example = "13002526500039") @Nullable String replaces) {}

  @PostMapping(IDENTIFICATION)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "identifyVenue",
      summary = "Say of which SIRET a venue is that was listed by its RNA, its RIDET or by nothing",
      description =
          "It keeps its name, its label and what it earned; an account can be opened for it"
              + " from now on, and lists that name it by the SIRET describe the same venue. A wrong"
              + " SIRET is corrected by another with `replaces`, which is proposed (`standing`"
              + " `PROPOSED`) and in force once another clerk confirms it: what was judged and paid"
              + " until then stays as it is, its account stays open, and the former SIRET"
              + " (`formerSirets` of `readVenue`) may be another venue's. One proposal at a time:"
              + " another is refused (409 IDENTIFICATION_PENDING).")
  public ResponseEntity<Answer<Identification>> identifyVenue(
      @PathVariable("venueId") String venueId,
      @RequestBody VenueIdentification identification,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new IdentifyVenue(
            venue(venueId),
            siret("siret", identification.siret()),
            Optional.ofNullable(identification.replaces()).map(former -> siret("replaces", former)),
            actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param siret 14 digits, as it was proposed
   */
  public record ProposedSiret(@Schema(example = "40109226700020") String siret) {}

  @PostMapping(IDENTIFICATION + "/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmIdentification",
      summary = "A second person confirms the SIRET that is to replace a wrong one",
      description =
          "It names the SIRET that was compared with the register of establishments: if another is"
              + " proposed, it is refused (409 IDENTIFICATION_NOT_PROPOSED). The account that"
              + " proposed it is refused (422 SECOND_PERSON_NEEDED), and one that became another"
              + " venue's since (409 SIRET_TAKEN).")
  public ResponseEntity<Answer<Identification>> confirmIdentification(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedSiret proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new ConfirmIdentification(
            venue(venueId), siret("siret", proposed.siret()), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping(IDENTIFICATION + "/refusal")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "dropIdentification",
      summary = "Refuse the SIRET that is to replace another, or take one's own proposal back",
      description = "The SIRET in force stays so.")
  public ResponseEntity<Answer<Identification>> dropIdentification(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedSiret proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new DropIdentification(venue(venueId), siret("siret", proposed.siret()), actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param from first day, Europe/Paris
   */
  @Schema(name = "VatRegimeOfVenue")
  record VatRegimeBody(
      @Schema(example = "FRANCHISE") VatRegime regime,
      @Schema(example = "2026-01-01") LocalDate from) {}

  @PostMapping("/api/venues/{venueId}/vat-regime")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "setVatRegime",
      summary = "Say how a venue stands with VAT from a day on",
      description =
          "FEES_ONLY unless said otherwise: none on the face value of cheques, VAT on fees."
              + " No regime puts VAT on the face value.")
  ResponseEntity<Answer<VatRegimeSet>> setVatRegime(
      @PathVariable("venueId") String venueId,
      @RequestBody VatRegimeBody body,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new SetVatRegime(venue(venueId), body.regime(), body.from(), actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param waives false ends a waiver
   * @param from first day of service, Europe/Paris
   * @param reference of the venue's written statement, 1 to 100 characters
   */
  @Schema(name = "WaiverOfVenue")
  record WaiverBody(
      boolean waives,
      @Schema(example = "2026-05-01") LocalDate from,
      @Schema(example = "courrier du 12/04/2026") String reference) {}

  @PostMapping("/api/venues/{venueId}/waiver")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "setWaiver",
      summary = "Record that a venue that is free of charge waives what it would be paid",
      description =
          "Cheques of services from that day on are accepted and counted, nothing is owed"
              + " for them, and what was paid in for them is due back to the funders. With waives"
              + " false the venue is paid again, also where a later waiver was announced. An end"
              + " that is announced stays where a waiver begins before it, and is taken back by a"
              + " waiver from its own day on; for a day that is waived already until then: 409"
              + " WAIVER_ENDS. The same reference with another day is refused: 409 WAIVER_REUSED."
              + " It begins or ends on the day it is recorded at the earliest:"
              + " services of before stay owed, or waived, whenever they are presented.")
  ResponseEntity<Answer<Waiver>> setWaiver(
      @PathVariable("venueId") String venueId,
      @RequestBody WaiverBody body,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new SetWaiver(
            venue(venueId),
            body.waives(),
            body.from(),
            LabelEndpoint.requireReference("reference", body.reference()),
            actor.account()),
        actor,
        dryRun);
  }

  private static Siret siret(String field, String written) {
    return switch (Pivot.read(written)) {
      case Pivot.Read(Siret read) -> read;
      case Pivot.Read _ ->
          throw notASiret(
              field, written, "it is no SIRET", "give the establishment's SIRET of 14 digits");
      case Pivot.Unreadable(var message, var remedy) ->
          throw notASiret(field, written, message, remedy);
    };
  }

  private static Problem notASiret(String field, String written, String message, String remedy) {
    return Problem.badRequest(
        "INVALID_VALUE",
        message + "; " + remedy,
        List.of(Fault.of(field, Problem.shown(written), message, remedy)));
  }

  /** Each once, in the order given. */
  static Set<VenueId> identifiers(String field, List<String> written) {
    Set<VenueId> identifiers = new LinkedHashSet<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      switch (Pivot.read(written.get(i))) {
        case Pivot.Read(var identifier) -> identifiers.add(identifier.venueId());
        case Pivot.Unreadable(var message, var remedy) -> {
          if (faults.size() < LaMednumReader.MOST_FAULTS) {
            faults.add(new Fault(i + 1, field, Problem.shown(written.get(i)), message, remedy));
          }
        }
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.badRequest(
          "INVALID_VALUE", "%s has identifiers that name no venue".formatted(field), faults);
    }
    return identifiers;
  }

  private static <A> ResponseEntity<A> answered(boolean already, A answer) {
    return ResponseEntity.status(already ? HttpStatus.OK : HttpStatus.CREATED).body(answer);
  }

  private static VenueId venue(String written) {
    try {
      return new VenueId(written);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the venue");
    }
  }
}
