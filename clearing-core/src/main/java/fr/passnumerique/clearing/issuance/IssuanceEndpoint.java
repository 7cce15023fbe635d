package fr.passnumerique.clearing.issuance;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders, the codes to print, and activations. */
@RestController
@RequestMapping("/api")
public class IssuanceEndpoint {
  private final Commands commands;
  private final CodeDesk desk;

  IssuanceEndpoint(Commands commands, CodeDesk desk) {
    this.commands = commands;
    this.desk = desk;
  }

  /**
   * @param firstOrdinal the batch's first if left out
   * @param lastOrdinal the batch's last if left out
   */
  public record ActivationBody(
      ActivationId activation,
      Batch batch,
      @Nullable Integer firstOrdinal,
      @Nullable Integer lastOrdinal) {
    ActivateCheques command() {
      return new ActivateCheques(
          activation,
          batch,
          firstOrdinal == null ? 1 : firstOrdinal,
          lastOrdinal == null ? OptionalInt.empty() : OptionalInt.of(lastOrdinal));
    }
  }

  @PostMapping("/orders")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "orderCheques",
      summary = "Order cheques under an agreement; they are issued at once as one batch")
  public ResponseEntity<Answer<ChequesIssued>> orderCheques(
      @RequestBody OrderCheques order,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, order, actor, dryRun);
  }

  @PostMapping("/activations")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "activateCheques",
      summary = "Set aside the funders' cash for cheques of a batch")
  public ResponseEntity<Answer<ChequesActivated>> activateCheques(
      @RequestBody ActivationBody activation,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, activation.command(), actor, dryRun);
  }

  /** Written as it is derived, never kept by whoever stands between; the log names no code. */
  @GetMapping(path = "/orders/{orderId}/codes", produces = "text/csv")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "downloadCodes",
      summary = "The serials and codes to print on an order's cheques, as CSV",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The file",
              content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
  void downloadCodes(
      @PathVariable("orderId") OrderId order,
      @RequestParam(required = false) @Nullable Integer from,
      @RequestParam(required = false) @Nullable Integer to,
      Actor actor,
      HttpServletResponse response)
      throws IOException {
    PrintedCodes codes = desk.take(order, from, to, actor);
    response.setContentType("text/csv");
    response.setCharacterEncoding(UTF_8);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"codes-%s-%d-%d.csv\""
            .formatted(order, codes.first(), codes.last()));
    codes.writeTo(response.getWriter());
  }
}
