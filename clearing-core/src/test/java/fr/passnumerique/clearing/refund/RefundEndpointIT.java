package fr.passnumerique.clearing.refund;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import tools.jackson.databind.JsonNode;

/** Refunds over real HTTP, on a ledger in memory: a note of 30 euros to the State. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class RefundEndpointIT extends OverHttp {
  private static final String IBAN = "FR7630006000011234567890189";
  private static final String ORDERS = "/api/refund-orders";
  private static final String ORDER = "{\"order\":\"A-1\",\"creditNotes\":[\"o-1~anct\"]}";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void anOrderIsReleasedAndItsFileTheSameTwice(CapturedOutput log) throws Exception {
    JsonNode missing = answer(422, post("clerk-1", ORDERS, ORDER));
    assertThat(missing.get("code").asString()).isEqualTo("FUNDER_ACCOUNT_MISSING");
    assertThat(missing.get("errors").get(0).get("value").asString()).isEqualTo("o-1~anct");
    room.openAccount();

    answer(200, post("clerk-1", ORDERS + "?dryRun=true", ORDER));
    JsonNode ordered = answer(201, post("clerk-1", ORDERS, ORDER));
    answer(200, post("clerk-1", ORDERS, ORDER));
    String file = ORDERS + "/A-1/credit-transfer-file";
    assertThat(code(409, get(file))).isEqualTo("REFUND_ORDER_NOT_RELEASED");
    assertThat(code(422, post("clerk-1", ORDERS + "/A-1/release", "")))
        .isEqualTo("SECOND_PERSON_REQUIRED");
    answer(201, post("clerk-2", ORDERS + "/A-1/release", ""));
    answer(200, post("clerk-1", ORDERS + "/A-1/cancellation?dryRun=true", ""));

    HttpResponse<String> first = get(file);
    assertThat(code(409, post("clerk-1", ORDERS + "/A-1/cancellation", "")))
        .isEqualTo("REFUND_ORDER_RELEASED");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(get(file).body()).isEqualTo(first.body());
    var payment = MxPain00100109.parse(first.body()).getCstmrCdtTrfInitn();
    assertThat(payment.getGrpHdr().getCtrlSum()).isEqualByComparingTo("30.00");
    var transfer = payment.getPmtInf().getFirst().getCdtTrfTxInf().getFirst();
    assertThat(transfer.getPmtId().getEndToEndId())
        .isEqualTo(ordered.get("transfers").get(0).get("transfer").asString());
    assertThat(transfer.getCdtrAcct().getId().getIBAN()).isEqualTo(IBAN);

    JsonNode read = answer(200, get(ORDERS)).get("orders").get(0);
    assertThat(read.get("stage").asString()).isEqualTo("RELEASED");
    assertThat(read.get("downloads").asInt()).isEqualTo(2);
    assertThat(read.get("transfers").get(0).get("standing").asString()).isEqualTo("ORDERED");
    assertThat(ordered.toString() + read + room.ledger().facts())
        .doesNotContain(IBAN)
        .doesNotContain("Agence");
    assertThat(log.getAll()).doesNotContain(IBAN);
  }

  @Test
  void whatIsNoOrderIsRefused() throws Exception {
    assertThat(code(422, post("clerk-1", ORDERS, "{\"order\":\"A-1\",\"creditNotes\":[]}")))
        .isEqualTo("NOTES_MISSING");
    assertThat(code(404, post("clerk-1", ORDERS, ORDER.replace("o-1", "o-9"))))
        .isEqualTo("UNKNOWN_CREDIT_NOTE");
    answer(400, post("clerk-1", ORDERS, ORDER.replace("o-1~anct", "o-1")));
    answer(400, post("clerk-1", ORDERS, ORDER.replace("A-1", "A/1")));
    answer(400, post("clerk-1", ORDERS, "{}"));
    answer(404, get(ORDERS + "/A-9/credit-transfer-file"));
    assertThat(code(404, post("clerk-2", ORDERS + "/A-9/release", "")))
        .isEqualTo("UNKNOWN_REFUND_ORDER");
  }

  @Test
  void aCancelledOrderHasNoFile() throws Exception {
    room.openAccount();
    answer(201, post("clerk-1", ORDERS, ORDER));
    answer(201, post("clerk-1", ORDERS + "/A-1/cancellation", ""));
    answer(200, post("clerk-1", ORDERS + "/A-1/cancellation", ""));
    assertThat(code(409, get(ORDERS + "/A-1/credit-transfer-file")))
        .isEqualTo("REFUND_ORDER_CANCELLED");
    answer(201, post("clerk-1", ORDERS, ORDER.replace("A-1", "A-2")));

    JsonNode page = answer(200, get(ORDERS + "?limit=1"));
    assertThat(page.get("orders").get(0).get("order").asString()).isEqualTo("A-1");
    JsonNode last = answer(200, get(ORDERS + "?limit=1&after=" + page.get("next").asString()));
    assertThat(last.get("orders").get(0).get("order").asString()).isEqualTo("A-2");
    assertThat(last.has("next")).isFalse();
    for (String bad : List.of("limit=0", "limit=5001", "after=-1", "after=x")) {
      answer(400, get(ORDERS + "?" + bad));
    }
  }

  @Test
  void aRefundIsRejectedByHand() throws Exception {
    room.openAccount();
    JsonNode ordered = answer(201, post("clerk-1", ORDERS, ORDER));
    String path =
        ORDERS
            + "/A-1/transfers/"
            + ordered.get("transfers").get(0).get("transfer").asString()
            + "/rejection";
    String rejection = "{\"rejectedOn\":\"" + TODAY + "\",\"reason\":\"AC04\"}";
    assertThat(code(409, post("clerk-1", path, rejection))).isEqualTo("REFUND_ORDER_NOT_RELEASED");
    answer(201, post("clerk-2", ORDERS + "/A-1/release", ""));
    assertThat(code(409, post("clerk-1", path, rejection))).isEqualTo("FILE_NEVER_HANDED_OUT");
    get(ORDERS + "/A-1/credit-transfer-file");

    assertThat(code(422, post("clerk-1", path, rejection.replace("AC04", "closed"))))
        .isEqualTo("UNKNOWN_REASON");
    assertThat(
            code(
                422,
                post(
                    "clerk-1",
                    path,
                    rejection.replace(TODAY.toString(), TODAY.plusDays(1).toString()))))
        .isEqualTo("DATE_OUT_OF_RANGE");
    answer(400, post("clerk-1", path, "{\"reason\":\"AC04\"}"));
    answer(400, post("clerk-1", path, rejection.replace(TODAY.toString(), "12/10/2026")));
    assertThat(code(404, post("clerk-1", path.replace("/AV", "/XX"), rejection)))
        .isEqualTo("UNKNOWN_TRANSFER");
    assertThat(code(404, post("clerk-1", path.replace("A-1", "A-9"), rejection)))
        .isEqualTo("UNKNOWN_REFUND_ORDER");
    answer(200, post("clerk-1", path + "?dryRun=true", rejection));
    assertThat(answer(201, post("clerk-1", path, rejection)).get("reason").asString())
        .isEqualTo("AC04");
    assertThat(answer(200, post("clerk-1", path, rejection)).get("already").asBoolean()).isTrue();
    assertThat(code(409, post("clerk-1", path, rejection.replace("AC04", "AC06"))))
        .isEqualTo("TRANSFER_ALREADY_REJECTED");
    assertThat(
            answer(200, get(ORDERS))
                .get("orders")
                .get(0)
                .get("transfers")
                .get(0)
                .get("standing")
                .asString())
        .isEqualTo("REJECTED");
    assertThat(code(422, post("clerk-1", ORDERS, ORDER.replace("A-1", "A-2"))))
        .isEqualTo("FUNDER_ACCOUNT_MISSING");
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    private RefundRegister register = new RefundRegister();
    private DecisionFixture ledger = ledger(register);
    private Vault vault = new MemoryVault();

    void begin() {
      register = new RefundRegister();
      ledger = ledger(register);
      vault = new MemoryVault();
      ledger.given(
          new FunderRegistered(STATE, "ANCT", FunderRegistered.Kind.STATE, Optional.empty()),
          new CreditNoteIssued(
              new CreditNoteId("o-1~anct"),
              new OrderId("o-1"),
              STATE,
              3_000,
              TODAY,
              List.of(
                  new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 3_000, Optional.empty())),
              List.of(),
              Optional.empty()));
    }

    private static DecisionFixture ledger(RefundRegister register) {
      return DecisionFixture.of(
              List.of(register),
              List.of(
                  new OrderRefundsDecision(register, DoubtfulTransfers.NONE),
                  new ReleaseRefundsDecision(register, DoubtfulTransfers.NONE),
                  new CancelRefundsDecision(register, DoubtfulTransfers.NONE),
                  new RejectRefundDecision(register),
                  new DownloadRefundFileDecision(register, DoubtfulTransfers.NONE)))
          .on(TODAY);
    }

    DecisionFixture ledger() {
      return ledger;
    }

    void openAccount() {
      VaultReference account =
          vault.seal(
              "funder:anct",
              "account",
              Map.of(OpenedAccount.IBAN, IBAN, OpenedAccount.HOLDER, "Agence"));
      ledger.given(new FunderAccountOpened(STATE, account, "f-1", "clerk-1", "clerk-2"));
    }

    RefundEndpoint endpoint() {
      return new RefundEndpoint(
          ledger,
          new RefundDesk(register, Supplier::get, vault, SettlementParts.files()),
          register,
          Supplier::get);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import(OverHttp.Open.class)
  static class Application {
    @Bean
    Room room() {
      return new Room();
    }

    @Bean
    @Scope("prototype")
    RefundEndpoint refundEndpoint(Room room) {
      return room.endpoint();
    }
  }
}
