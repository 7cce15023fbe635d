package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TextUpload;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import fr.passnumerique.clearing.venues.LabelVenues.Which;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Which venues there are, and which are labelled, is the clerk's to record. */
@RestController
final class VenueEndpoint {
  private static final String CSV = "text/csv";
  private static final byte[] NOTHING = {};

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
  record VenueImportAnswer(
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
  ResponseEntity<VenueImportAnswer> importVenues(
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
      Actor actor) {
    String list =
        file == null ? TextUpload.decode(body == null ? NOTHING : body) : TextUpload.decode(file);
    VenueImport.Options options =
        new VenueImport.Options(
            Optional.ofNullable(source),
            identifiers("soleTraders", soleTraders == null ? List.of() : soleTraders),
            Optional.ofNullable(expectDigest));
    Outcome.Recorded<VenueImport.Report> outcome =
        dryRun ? imports.rehearse(list, options) : imports.apply(list, options, actor);
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
   * @param venues their identifiers; instead of {@code source}
   * @param source label of an import: all its venues that are not labelled; instead of {@code
   *     venues}
   * @param labelledFrom first day on which their services are payable, Europe/Paris
   * @param decision reference of the committee's decision
   */
  record VenueLabelling(
      Optional<List<String>> venues,
      Optional<String> source,
      LocalDate labelledFrom,
      String decision) {}

  record VenueLabelAnswer(int labelled, int unchanged, boolean already, long position) {}

  @PostMapping("/api/labels")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "labelVenues",
      summary = "Record a committee's decision to label venues from a day on")
  ResponseEntity<VenueLabelAnswer> labelVenues(@RequestBody VenueLabelling labelling, Actor actor) {
    Outcome.Recorded<VenuesLabelled> outcome =
        Problem.recorded(
            commands.send(
                new LabelVenues(
                    which(labelling),
                    labelling.labelledFrom(),
                    requireDecision(labelling.decision())),
                actor));
    return answered(
        outcome.already(),
        new VenueLabelAnswer(
            outcome.answer().labelled(),
            outcome.answer().unchanged(),
            outcome.already(),
            outcome.position()));
  }

  private static Which which(VenueLabelling labelling) {
    List<String> named = labelling.venues().orElse(List.of());
    if (named.isEmpty() == labelling.source().isEmpty()) {
      String message = "a decision names venues, or the source whose venues it labels";
      throw badRequest("venues", "", message, "give one of venues and source, not both");
    }
    return labelling
        .source()
        .<Which>map(AllOf::new)
        .orElseGet(() -> new These(List.copyOf(identifiers("venues", named))));
  }

  private static String requireDecision(String written) {
    String decision = written.strip();
    if (!ReadableText.fits(decision, 100)) {
      throw badRequest(
          "decision",
          "",
          "the reference of a decision has 1 to 100 visible characters on one line",
          "give the one on the committee's minutes");
    }
    return decision;
  }

  /** Each once, in the order given. */
  private static Set<VenueId> identifiers(String field, List<String> written) {
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

  private static Problem badRequest(String field, String value, String message, String remedy) {
    return Problem.badRequest(
        "INVALID_VALUE", message + "; " + remedy, List.of(Fault.of(field, value, message, remedy)));
  }

  private static <A> ResponseEntity<A> answered(boolean already, A answer) {
    return ResponseEntity.status(already ? HttpStatus.OK : HttpStatus.CREATED).body(answer);
  }
}
