package fr.passnumerique.clearing.refund;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.refund.RefundRegister.Sent;
import fr.passnumerique.clearing.settlement.TransferFiles;
import fr.passnumerique.clearing.settlement.TransferId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Refunds of credit notes by credit transfer. */
@RestController
@RequestMapping("/api")
public final class RefundEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RefundEndpoint.class);

  private static final int LONGEST_PAGE = 5_000;

  private final Commands commands;
  private final RefundDesk desk;
  private final RefundRegister register;
  private final ReadLock registers;

  RefundEndpoint(Commands commands, RefundDesk desk, RefundRegister register, ReadLock registers) {
    this.commands = commands;
    this.desk = desk;
    this.register = register;
    this.registers = registers;
  }

  @Schema(name = "RefundOrder")
  public record OrderBody(
      @Schema(example = "avoirs-2026-10") RefundOrderId order,
      @Schema(description = "Credit notes") List<CreditNoteId> creditNotes) {}

  @PostMapping("/refund-orders")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "orderRefunds",
      summary = "Order the refund of credit notes by credit transfer, one each",
      description =
          """
          Each to its funder's account in force. Nothing goes to the bank before another account \
          releases it. A note that another order holds is refused until the bank rejects or returns \
          its transfer, so that it is never paid twice; nor is one ordered that the bank may have \
          refunded already (`MAY_BE_PAID_ALREADY`): order the others without it.\
          """)
  public ResponseEntity<Answer<RefundsOrdered>> orderRefunds(
      @RequestBody OrderBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new OrderRefunds(body.order(), body.creditNotes(), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/refund-orders/{orderId}/release")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "releaseRefunds",
      summary = "Let an order of refunds go to the bank, as the second person",
      description =
          """
          Final once its file was downloaded; until then the order can still be cancelled.\
          """)
  public ResponseEntity<Answer<RefundsReleased>> releaseRefunds(
      @PathVariable("orderId") RefundOrderId orderId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new ReleaseRefunds(orderId, actor.account()), actor, dryRun);
  }

  @PostMapping("/refund-orders/{orderId}/cancellation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "cancelRefunds",
      summary = "Give up an order of refunds before its file is downloaded",
      description =
          """
          Its notes can be ordered again. An order whose file was downloaded is refused with \
          `REFUND_ORDER_RELEASED`: it may be with the bank. Of a released order a refund that the \
          bank has debited all the same stays refunded; a debit that nobody has explained is to be \
          explained first (`DEBIT_UNEXPLAINED`).\
          """)
  public ResponseEntity<Answer<RefundsCancelled>> cancelRefunds(
      @PathVariable("orderId") RefundOrderId orderId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new CancelRefunds(orderId, actor.account()), actor, dryRun);
  }

  @Schema(name = "RefundRejection")
  public record Rejection(
      @Schema(description = "The bank's day") LocalDate rejectedOn,
      @Schema(description = "ISO 20022 status reason code", example = "AC04") String reason) {}

  @PostMapping("/refund-orders/{orderId}/transfers/{transferId}/rejection")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "rejectRefund",
      summary = "Record that the bank rejected a refund: it is due again, its account closed",
      description =
          """
          By the rules of rejectTransfer: of an order whose file was downloaded \
          (`FILE_NEVER_HANDED_OUT`), from the day of its release on, and not of what the bank has \
          paid.\
          """)
  public ResponseEntity<Answer<RefundRejected>> rejectRefund(
      @PathVariable("orderId") RefundOrderId orderId,
      @PathVariable("transferId") TransferId transferId,
      @RequestBody Rejection rejection,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new RejectRefund(orderId, transferId, rejection.rejectedOn(), rejection.reason()),
        actor,
        dryRun);
  }

  @GetMapping(
      path = "/refund-orders/{orderId}/credit-transfer-file",
      produces = MediaType.APPLICATION_XML_VALUE)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "downloadRefundFile",
      summary = "Download the file that orders the refunds: ISO 20022 pain.001.001.09",
      description =
          """
          Only of an order that was released; the same order gives the same bytes. A refund that had \
          come to its end before the first download, since the bank had debited it all the same, is \
          left out for ever: the header `Transfers-Left-Out` names the first 100 such, and the order \
          all of them; if none is left to order, 409 `TRANSFER_ENDED`. What the bank may have \
          refunded is not refunded by it: 409 `MAY_BE_PAID_ALREADY`, and before the first download \
          `DEBIT_UNEXPLAINED` while the bank has debited a refund of it by another amount, or before \
          its release, and nobody has explained that (matchBankEntry). Every download is recorded \
          with the account that made it and the file's digest.\
          """,
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The file",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_XML_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  public ResponseEntity<byte[]> downloadRefundFile(
      @PathVariable("orderId") RefundOrderId orderId, Actor actor) {
    RefundDesk.File made = desk.file(orderId);
    Problem.recorded(
        commands.send(
            new DownloadRefundFile(
                orderId,
                actor.account(),
                made.messageId(),
                RefundFile.sha256(made.bytes()),
                made.leftOut()),
            actor));
    LOG.info(
        "audit: refund file of order {} ({} bytes) handed to account {} ({})",
        orderId,
        made.bytes().length,
        actor.account(),
        actor.role());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_XML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("pain.001-%s.xml".formatted(orderId))
                .build()
                .toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .headers(headers -> TransferFiles.tellLeftOut(made.leftOut(), headers))
        .body(made.bytes());
  }

  /**
   * @param stage ORDERED, RELEASED or CANCELLED
   * @param leftOut transfers that its file, once downloaded, does not have
   */
  public record ReadOrder(
      String order,
      String stage,
      long amountCents,
      String orderedBy,
      Optional<String> releasedBy,
      Optional<LocalDate> executionOn,
      int downloads,
      List<String> leftOut,
      List<ReadTransfer> transfers) {}

  /**
   * @param standing UNSENT, ORDERED, EXECUTED, CONFIRMED, REJECTED or RETURNED
   * @param endedOn the bank's day
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ReadTransfer(
      String transfer,
      String creditNote,
      String funder,
      long amountCents,
      String standing,
      Optional<LocalDate> endedOn,
      Optional<String> reason) {}

  /**
   * @param orders a page, in the order in which they were made
   * @param next where the next page begins; left out after the last
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ReadOrders(List<ReadOrder> orders, Optional<String> next) {}

  @GetMapping("/refund-orders")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readRefundOrders",
      summary = "Orders of refunds, in the order in which they were made, and where they stand")
  public ReadOrders readRefundOrders(
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", defaultValue = "0")
          int after,
      @Parameter(description = "Orders a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit) {
    PageSize.require(after, limit, LONGEST_PAGE);
    return registers.read(
        () -> {
          int count = register.orders().size();
          return new ReadOrders(
              register.orders().stream().skip(after).limit(limit).map(this::read).toList(),
              PageSize.next(after, limit, count));
        });
  }

  /**
   * One order as the list shows it, for its page.
   *
   * @return empty if none is called so
   */
  public Optional<ReadOrder> find(String order) {
    RefundOrderId id;
    try {
      id = new RefundOrderId(order);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return registers.read(() -> Optional.ofNullable(register.order(id)).map(this::read));
  }

  private ReadOrder read(Order order) {
    return new ReadOrder(
        order.fact().order().value(),
        order.cancelledAt() != 0 ? "CANCELLED" : order.releasedAt() != 0 ? "RELEASED" : "ORDERED",
        order.fact().amountCents(),
        order.fact().orderedBy(),
        order.released().map(RefundsReleased::releasedBy),
        order.released().map(RefundsReleased::executionOn),
        order.downloads().size(),
        order.downloads().stream()
            .limit(1)
            .flatMap(first -> first.leftOut().stream())
            .map(TransferId::value)
            .toList(),
        order.fact().transfers().stream().map(this::read).toList());
  }

  private ReadTransfer read(RefundsOrdered.Transfer transfer) {
    Sent sent = Objects.requireNonNull(register.transfer(transfer.transfer()));
    return new ReadTransfer(
        transfer.transfer().value(),
        transfer.creditNote().value(),
        transfer.funder().value(),
        transfer.amountCents(),
        sent.standing().name(),
        sent.endedOn(),
        sent.reason());
  }
}
