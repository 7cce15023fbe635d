package fr.passnumerique.ui.demo;

import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.MxPain00200110;
import com.prowidesoftware.swift.model.mx.MxWriteConfiguration;
import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.BalanceType10Choice;
import com.prowidesoftware.swift.model.mx.dic.BalanceType13;
import com.prowidesoftware.swift.model.mx.dic.BankToCustomerStatementV08;
import com.prowidesoftware.swift.model.mx.dic.CashAccount39;
import com.prowidesoftware.swift.model.mx.dic.CashBalance8;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.CreditorReferenceInformation2;
import com.prowidesoftware.swift.model.mx.dic.CustomerPaymentStatusReportV10;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.DateTimePeriod1;
import com.prowidesoftware.swift.model.mx.dic.EntryDetails9;
import com.prowidesoftware.swift.model.mx.dic.EntryStatus1Choice;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction10;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader81;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader86;
import com.prowidesoftware.swift.model.mx.dic.OriginalGroupHeader17;
import com.prowidesoftware.swift.model.mx.dic.OriginalPaymentInstruction32;
import com.prowidesoftware.swift.model.mx.dic.PaymentReturnReason5;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction105;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import com.prowidesoftware.swift.model.mx.dic.ReturnReason5Choice;
import com.prowidesoftware.swift.model.mx.dic.StatusReason6Choice;
import com.prowidesoftware.swift.model.mx.dic.StatusReasonInformation12;
import com.prowidesoftware.swift.model.mx.dic.StructuredRemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.TransactionReferences6;
import fr.passnumerique.clearing.territory.Paris;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The bank of the ring-fenced account: books what the story has it book, and says so in files as a
 * real one does. They depend on nothing but the story, so a demo played again sends the same ones.
 */
final class DemoBank {
  private static final String EURO = "EUR";

  private final DemoDesk desk;
  private final String iban;
  private final List<ReportEntry10> booked = new ArrayList<>();
  private LocalDate from;
  private long balanceCents;
  private long openingCents;
  private int statements;
  private int bookings;
  private int reports;

  /**
   * @param iban of the ring-fenced account
   */
  DemoBank(DemoDesk desk, String iban) {
    this.desk = desk;
    this.iban = iban;
    this.from = desk.day(0);
  }

  /** A funder's payment that carries our reference. */
  void credit(LocalDate day, long cents, String reference) {
    book(
        day,
        cents,
        new EntryTransaction10()
            .setRmtInf(
                new RemittanceInformation16()
                    .addStrd(
                        new StructuredRemittanceInformation16()
                            .setCdtrRefInf(
                                new CreditorReferenceInformation2().setRef(reference)))));
  }

  /** A payment whose payer wrote something of its own. */
  void creditSaying(LocalDate day, long cents, String text) {
    book(
        day,
        cents,
        new EntryTransaction10().setRmtInf(new RemittanceInformation16().addUstrd(text)));
  }

  /** One of our transfers left the account. */
  void debit(LocalDate day, long cents, String endToEnd) {
    book(
        day,
        -cents,
        new EntryTransaction10().setRefs(new TransactionReferences6().setEndToEndId(endToEnd)));
  }

  /** A transfer that was paid comes back. */
  void comesBack(LocalDate day, long cents, String endToEnd, String reason) {
    book(
        day,
        cents,
        new EntryTransaction10()
            .setRefs(new TransactionReferences6().setEndToEndId(endToEnd))
            .setRtrInf(new PaymentReturnReason5().setRsn(new ReturnReason5Choice().setCd(reason))));
  }

  /**
   * @param told the day; a later one if a statement has closed it already
   */
  private void book(LocalDate told, long cents, EntryTransaction10 details) {
    LocalDate day = told.isBefore(from) ? from : told;
    bookings++;
    balanceCents = Math.addExact(balanceCents, cents);
    booked.add(
        new ReportEntry10()
            .setNtryRef(Integer.toString(booked.size() + 1))
            .setAmt(amount(cents))
            .setCdtDbtInd(direction(cents))
            .setSts(new EntryStatus1Choice().setCd("BOOK"))
            .setBookgDt(date(day))
            .setValDt(date(day))
            .setAcctSvcrRef("DEMO-%06d".formatted(bookings))
            .addNtryDtls(
                new EntryDetails9()
                    .addTxDtls(details.setAmt(amount(cents)).setCdtDbtInd(direction(cents)))));
  }

  /** Sends the statement of all that was booked since the last one, up to a day. */
  void statement(LocalDate day) {
    LocalDate to = day.isBefore(from) ? from : day;
    statements++;
    String id = "RELEVE-%03d".formatted(statements);
    AccountStatement9 statement =
        new AccountStatement9()
            .setId(id)
            .setElctrncSeqNb(BigDecimal.valueOf(statements))
            .setCreDtTm(evening(to))
            .setFrToDt(
                new DateTimePeriod1()
                    .setFrDtTm(from.atStartOfDay(Paris.ZONE).toOffsetDateTime())
                    .setToDtTm(evening(to)))
            .setAcct(
                new CashAccount39()
                    .setId(new AccountIdentification4Choice().setIBAN(iban))
                    .setCcy(EURO))
            .addBal(balance("OPBD", openingCents, from))
            .addBal(balance("CLBD", balanceCents, to));
    booked.forEach(statement::addNtry);
    MxCamt05300108 file = new MxCamt05300108();
    file.setBkToCstmrStmt(
        new BankToCustomerStatementV08()
            .setGrpHdr(new GroupHeader81().setMsgId(id).setCreDtTm(evening(to)))
            .addStmt(statement));
    send(file.message(format()));
    booked.clear();
    openingCents = balanceCents;
    from = to.plusDays(1);
  }

  /** Says at once that a transfer of a file is not paid. */
  void reject(String run, String endToEnd, String reason) {
    reports++;
    MxPain00200110 file = new MxPain00200110();
    file.setCstmrPmtStsRpt(
        new CustomerPaymentStatusReportV10()
            .setGrpHdr(
                new GroupHeader86()
                    .setMsgId("STATUT-%03d".formatted(reports))
                    .setCreDtTm(evening(desk.today())))
            .setOrgnlGrpInfAndSts(
                new OriginalGroupHeader17()
                    .setOrgnlMsgId(run)
                    .setOrgnlMsgNmId("pain.001.001.09")
                    .setGrpSts("PART"))
            .addOrgnlPmtInfAndSts(
                new OriginalPaymentInstruction32()
                    .setOrgnlPmtInfId(run)
                    .addTxInfAndSts(
                        new PaymentTransaction105()
                            .setOrgnlInstrId(endToEnd)
                            .setOrgnlEndToEndId(endToEnd)
                            .setTxSts("RJCT")
                            .addStsRsnInf(
                                new StatusReasonInformation12()
                                    .setRsn(new StatusReason6Choice().setCd(reason))))));
    send(file.message(format()));
  }

  private void send(String file) {
    desk.postFile("/api/bank-files", "application/xml", file);
  }

  private static MxWriteConfiguration format() {
    MxWriteConfiguration format = new MxWriteConfiguration();
    format.includeXMLDeclaration = true;
    format.documentPrefix = null;
    return format;
  }

  private static CashBalance8 balance(String type, long cents, LocalDate day) {
    return new CashBalance8()
        .setTp(new BalanceType13().setCdOrPrtry(new BalanceType10Choice().setCd(type)))
        .setAmt(amount(cents))
        .setCdtDbtInd(direction(cents))
        .setDt(date(day));
  }

  private static ActiveOrHistoricCurrencyAndAmount amount(long cents) {
    return new ActiveOrHistoricCurrencyAndAmount()
        .setCcy(EURO)
        .setValue(new BigDecimal(BigInteger.valueOf(Math.abs(cents)), 2));
  }

  private static CreditDebitCode direction(long cents) {
    return cents < 0 ? CreditDebitCode.DBIT : CreditDebitCode.CRDT;
  }

  private static DateAndDateTime2Choice date(LocalDate day) {
    return new DateAndDateTime2Choice().setDt(day);
  }

  private static OffsetDateTime evening(LocalDate day) {
    return day.atTime(20, 0).atZone(Paris.ZONE).toOffsetDateTime();
  }
}
