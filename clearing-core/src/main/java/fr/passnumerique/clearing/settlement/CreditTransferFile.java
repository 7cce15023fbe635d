package fr.passnumerique.clearing.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import com.prowidesoftware.swift.model.mx.MxWriteConfiguration;
import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.AmountType4Choice;
import com.prowidesoftware.swift.model.mx.dic.BranchAndFinancialInstitutionIdentification6;
import com.prowidesoftware.swift.model.mx.dic.CashAccount38;
import com.prowidesoftware.swift.model.mx.dic.ChargeBearerType1Code;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction34;
import com.prowidesoftware.swift.model.mx.dic.CustomerCreditTransferInitiationV09;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstitutionIdentification18;
import com.prowidesoftware.swift.model.mx.dic.GenericFinancialIdentification1;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader85;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification135;
import com.prowidesoftware.swift.model.mx.dic.PaymentIdentification6;
import com.prowidesoftware.swift.model.mx.dic.PaymentInstruction30;
import com.prowidesoftware.swift.model.mx.dic.PaymentMethod3Code;
import com.prowidesoftware.swift.model.mx.dic.PaymentTypeInformation26;
import com.prowidesoftware.swift.model.mx.dic.PostalAddress24;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.ServiceLevel8Choice;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A settlement run as the file that orders its transfers: ISO 20022 pain.001.001.09, within the
 * European Payments Council's implementation guidelines for SEPA credit transfers.
 *
 * <p>Made from the recorded fact alone, so the same run gives the same bytes for ever, under the
 * same message identification: a bank that is sent the file twice can tell. The transfers of a run
 * are booked one by one, not as a sum, so that each is found again by its end-to-end
 * identification.
 *
 * <p>Addresses are structured (town and country, with the postcode) or hybrid (with up to two lines
 * for the street beside them): banks refuse unstructured ones since November 2026. A creditor of
 * whom no town is known has none, which is allowed within the European Economic Area.
 */
final class CreditTransferFile {
  private static final int LONGEST_NAME = 70;
  private static final int LONGEST_LINE = 70;
  private static final int LONGEST_TOWN = 35;
  private static final int LONGEST_POSTCODE = 16;
  private static final int LONGEST_REMITTANCE = 140;
  private static final String EURO = "EUR";

  /** What ISO 20022 has a customer write who does not name the bank by its BIC. */
  private static final String NOT_PROVIDED = "NOTPROVIDED";

  private CreditTransferFile() {}

  /** Whom a transfer pays. */
  record Creditor(String iban, String holder, Optional<CreditorAddress> address) {
    Creditor(String iban, String holder) {
      this(iban, holder, Optional.empty());
    }

    @Override
    public String toString() {
      return "Creditor[withheld]";
    }
  }

  /**
   * @param executionOn the day on which the bank is asked to pay
   * @param releasedAt when the run was let go
   * @param creditors one for each transfer, in the run's order
   */
  static byte[] of(
      SettlementRunOpened run,
      LocalDate executionOn,
      Instant releasedAt,
      OperatorAccount operator,
      List<Creditor> creditors) {
    List<Order> orders = new ArrayList<>(run.transfers().size());
    for (int i = 0; i < run.transfers().size(); i++) {
      SettlementRunOpened.Transfer transfer = run.transfers().get(i);
      orders.add(
          new Order(
              transfer.transfer(),
              transfer.amountCents(),
              creditors.get(i),
              remittance(run, transfer)));
    }
    return of(BankText.idOf(run.run()), executionOn, releasedAt, operator, orders);
  }

  /**
   * One transfer.
   *
   * @param text for the creditor, as a bank takes it
   */
  record Order(TransferId id, long amountCents, Creditor creditor, String text) {}

  /**
   * @param id by which the bank tells a file sent twice
   * @param executionOn the day on which the bank is asked to pay
   */
  static byte[] of(
      String id,
      LocalDate executionOn,
      Instant releasedAt,
      OperatorAccount operator,
      List<Order> orders) {
    String count = Integer.toString(orders.size());
    BigDecimal sum = euros(orders.stream().mapToLong(Order::amountCents).reduce(0, Math::addExact));
    PaymentInstruction30 payment =
        new PaymentInstruction30()
            .setPmtInfId(id)
            .setPmtMtd(PaymentMethod3Code.TRF)
            .setBtchBookg(false)
            .setNbOfTxs(count)
            .setCtrlSum(sum)
            .setPmtTpInf(
                new PaymentTypeInformation26().addSvcLvl(new ServiceLevel8Choice().setCd("SEPA")))
            .setReqdExctnDt(new DateAndDateTime2Choice().setDt(executionOn))
            .setDbtr(debtor(operator))
            .setDbtrAcct(account(operator.iban()))
            .setDbtrAgt(bank(operator))
            .setChrgBr(ChargeBearerType1Code.SLEV);
    orders.forEach(order -> payment.addCdtTrfTxInf(transfer(order)));
    MxPain00100109 file = new MxPain00100109();
    file.setCstmrCdtTrfInitn(
        new CustomerCreditTransferInitiationV09()
            .setGrpHdr(
                new GroupHeader85()
                    .setMsgId(id)
                    .setCreDtTm(releasedAt.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
                    .setNbOfTxs(count)
                    .setCtrlSum(sum)
                    .setInitgPty(
                        new PartyIdentification135()
                            .setNm(BankText.of(operator.name(), LONGEST_NAME))))
            .addPmtInf(payment));
    MxWriteConfiguration format = new MxWriteConfiguration();
    format.includeXMLDeclaration = true;
    format.documentPrefix = null;
    return file.message(format).getBytes(UTF_8);
  }

  private static CreditTransferTransaction34 transfer(Order order) {
    String id = order.id().value();
    return new CreditTransferTransaction34()
        .setPmtId(new PaymentIdentification6().setInstrId(id).setEndToEndId(id))
        .setAmt(
            new AmountType4Choice()
                .setInstdAmt(
                    new ActiveOrHistoricCurrencyAndAmount()
                        .setValue(euros(order.amountCents()))
                        .setCcy(EURO)))
        .setCdtr(party(order.creditor()))
        .setCdtrAcct(account(order.creditor().iban()))
        .setRmtInf(new RemittanceInformation16().addUstrd(order.text()));
  }

  private static PartyIdentification135 party(Creditor creditor) {
    PartyIdentification135 party = new PartyIdentification135().setNm(name(creditor.holder()));
    creditor.address().flatMap(CreditTransferFile::address).ifPresent(party::setPstlAdr);
    return party;
  }

  /** A name of which nothing is left that a bank could write. */
  private static String name(String holder) {
    String name = BankText.of(holder, LONGEST_NAME);
    return name.isEmpty() ? NOT_PROVIDED : name;
  }

  /** Empty if the town cannot be written: then the rest would be unstructured. */
  private static Optional<PostalAddress24> address(CreditorAddress address) {
    String town = BankText.of(address.town(), LONGEST_TOWN);
    if (town.isEmpty()) {
      return Optional.empty();
    }
    PostalAddress24 written = new PostalAddress24().setTwnNm(town).setCtry(address.country());
    String postcode = BankText.of(address.postcode(), LONGEST_POSTCODE);
    if (!postcode.isEmpty()) {
      written.setPstCd(postcode);
    }
    lines(BankText.of(address.street(), 2 * LONGEST_LINE)).forEach(written::addAdrLine);
    return Optional.of(written);
  }

  /** At most two, cut at a space where there is one. */
  private static List<String> lines(String street) {
    if (street.length() <= LONGEST_LINE) {
      return street.isEmpty() ? List.of() : List.of(street);
    }
    int space = street.lastIndexOf(' ', LONGEST_LINE);
    int end = space > 0 ? space : LONGEST_LINE;
    return Stream.of(street.substring(0, end), street.substring(end))
        .map(line -> BankText.of(line, LONGEST_LINE))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** What the venue reads on its statement: as many slips as there is room for. */
  private static String remittance(SettlementRunOpened run, SettlementRunOpened.Transfer transfer) {
    StringBuilder text = new StringBuilder("Pass numerique ").append(run.run()).append(":");
    List<PaidSlip> slips = transfer.slips();
    for (int i = 0; i < slips.size(); i++) {
      String rest = " et %d autres".formatted(slips.size() - i);
      String next = (i == 0 ? " " : ", ") + slips.get(i).reference();
      boolean last = i == slips.size() - 1;
      if (text.length() + next.length() + (last ? 0 : rest.length()) > LONGEST_REMITTANCE) {
        text.append(rest);
        break;
      }
      text.append(next);
    }
    return BankText.of(text.toString(), LONGEST_REMITTANCE);
  }

  private static PartyIdentification135 debtor(OperatorAccount operator) {
    PartyIdentification135 debtor =
        new PartyIdentification135().setNm(BankText.of(operator.name(), LONGEST_NAME));
    operator
        .town()
        .map(town -> BankText.of(town, LONGEST_TOWN))
        .filter(town -> !town.isEmpty())
        .ifPresent(
            town ->
                debtor.setPstlAdr(
                    new PostalAddress24().setTwnNm(town).setCtry(operator.iban().substring(0, 2))));
    return debtor;
  }

  private static BranchAndFinancialInstitutionIdentification6 bank(OperatorAccount operator) {
    FinancialInstitutionIdentification18 bank =
        operator
            .bic()
            .map(new FinancialInstitutionIdentification18()::setBICFI)
            .orElseGet(
                () ->
                    new FinancialInstitutionIdentification18()
                        .setOthr(new GenericFinancialIdentification1().setId(NOT_PROVIDED)));
    return new BranchAndFinancialInstitutionIdentification6().setFinInstnId(bank);
  }

  private static CashAccount38 account(String iban) {
    return new CashAccount38().setId(new AccountIdentification4Choice().setIBAN(iban));
  }

  private static BigDecimal euros(long cents) {
    return new BigDecimal(BigInteger.valueOf(cents), 2);
  }
}
