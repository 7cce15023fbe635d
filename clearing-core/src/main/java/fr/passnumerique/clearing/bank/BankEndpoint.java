package fr.passnumerique.clearing.bank;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Outcome.Recorded;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes the files of the bank. */
@RestController
@RequestMapping("/api")
final class BankEndpoint {
  private final BankDesk desk;

  BankEndpoint(BankDesk desk) {
    this.desk = desk;
  }

  /**
   * @param position of the last fact; the ledger's head if nothing was to record
   * @param already all of it was recorded before: nothing was added
   * @param dryRun nothing was recorded
   */
  record Imported(
      @JsonUnwrapped BankFileImported file, long position, boolean already, boolean dryRun) {}

  private static final String STATEMENT =
      """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
        <BkToCstmrStmt>
          <GrpHdr><MsgId>REL-2026-091</MsgId><CreDtTm>2026-04-01T20:00:00+02:00</CreDtTm></GrpHdr>
          <Stmt>
            <Id>2026-091</Id>
            <Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id><Ccy>EUR</Ccy></Acct>
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt>
              <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-01</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">5714.00</Amt>
              <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-01</Dt></Dt></Bal>
            <Ntry>
              <Amt Ccy="EUR">5714.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
              <BookgDt><Dt>2026-04-01</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt>
              <AcctSvcrRef>26091-000017</AcctSvcrRef>
              <NtryDtls><TxDtls>
                <Refs><EndToEndId>MANDAT-4711</EndToEndId></Refs>
                <RltdPties><Dbtr><Pty><Nm>ANCT</Nm></Pty></Dbtr></RltdPties>
                <RmtInf><Ustrd>convention creuse-2026 anct</Ustrd></RmtInf>
              </TxDtls></NtryDtls>
            </Ntry>
          </Stmt>
        </BkToCstmrStmt>
      </Document>
      """;

  private static final String IMPORTED =
      """
      {"message": "camt.053.001.08",
       "statements": [{"statement": "S1F0A", "reference": "2026-091", "from": "2026-04-01",
         "to": "2026-04-01", "openingCents": 0, "closingCents": 571400, "already": false}],
       "entries": [{"entry": "E9C21", "bookedOn": "2026-04-01", "cents": 571400,
         "outcome": "RECEIVED", "agreement": "creuse-2026", "funder": "anct",
         "receipt": "26091-000017"}],
       "transfers": [], "known": 0, "pending": 0,
       "position": 118, "already": false, "dryRun": false}
      """;

  @PostMapping(
      path = "/bank-files",
      consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
  @Permit(Role.CLERK)
  @Operation(
      operationId = "importBankFile",
      summary = "Import a file of the bank: statement, notification or status of payments",
      description =
          "ISO 20022 camt.053 and camt.054 (001.02 and 001.08) and pain.002 (001.03 and 001.10),"
              + " told apart by their namespace, as the bank sends them. A file is recorded whole"
              + " or not at all. Each movement counts once, in however many files it stands: the"
              + " same file again adds nothing. A credit that carries a payment reference, or the"
              + " identifier of an agreement (with that of its funder if it has several), is that"
              + " funder's money; a debit that carries the end-to-end identification of a transfer"
              + " pays it; what nobody can explain is listed by readUnmatchedEntries. Refused, with"
              + " the line: what is not XML or declares a document type, another message, account"
              + " or currency, sums and counts that do not add up.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_XML_VALUE,
                      schema = @Schema(type = "string"),
                      examples = @ExampleObject(STATEMENT))),
      responses =
          @ApiResponse(
              responseCode = "201",
              description = "What it came to",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = Imported.class),
                      examples = @ExampleObject(IMPORTED))))
  ResponseEntity<Imported> importBankFile(
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] file,
      Actor actor) {
    byte[] bytes = file == null ? new byte[0] : file;
    Recorded<BankFileImported> recorded = dryRun ? desk.rehearse(bytes) : desk.apply(bytes, actor);
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new Imported(recorded.answer(), recorded.position(), recorded.already(), dryRun));
  }
}
