package fr.passnumerique.ui;

import fr.passnumerique.ui.account.AccountConfiguration;
import fr.passnumerique.ui.bank.BankPagesConfiguration;
import fr.passnumerique.ui.deed.DeedConfiguration;
import fr.passnumerique.ui.expiry.EndingPagesConfiguration;
import fr.passnumerique.ui.figures.FiguresConfiguration;
import fr.passnumerique.ui.frame.FrameConfiguration;
import fr.passnumerique.ui.funder.FunderConfiguration;
import fr.passnumerique.ui.funds.FundsConfiguration;
import fr.passnumerique.ui.home.HomeConfiguration;
import fr.passnumerique.ui.ledger.LedgerPagesConfiguration;
import fr.passnumerique.ui.live.LiveConfiguration;
import fr.passnumerique.ui.matching.MatchingConfiguration;
import fr.passnumerique.ui.notices.NotificationsConfiguration;
import fr.passnumerique.ui.payee.PayeePagesConfiguration;
import fr.passnumerique.ui.prescriber.PrescriberConfiguration;
import fr.passnumerique.ui.print.PrintPagesConfiguration;
import fr.passnumerique.ui.refund.RefundConfiguration;
import fr.passnumerique.ui.reversal.ReversalConfiguration;
import fr.passnumerique.ui.search.SearchConfiguration;
import fr.passnumerique.ui.settlement.SettlementPagesConfiguration;
import fr.passnumerique.ui.slip.SlipConfiguration;
import fr.passnumerique.ui.titles.TitlesConfiguration;
import fr.passnumerique.ui.todo.ToDoConfiguration;
import fr.passnumerique.ui.upkeep.UpkeepPagesConfiguration;
import fr.passnumerique.ui.venue.VenueConfiguration;
import fr.passnumerique.ui.venues.VenueRegisterConfiguration;
import fr.passnumerique.ui.visitor.VisitorConfiguration;
import fr.passnumerique.ui.words.WordsConfiguration;
import fr.passnumerique.ui.work.WorkConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages that people use. They know nothing of the rules: what a page shows comes from the same
 * queries, and what it sends goes through the same commands, as the HTTP API's.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  // what every page stands on
  WordsConfiguration.class,
  FrameConfiguration.class,
  DeedConfiguration.class,
  FiguresConfiguration.class,
  LiveConfiguration.class,
  // who looks, and what each sees first
  AccountConfiguration.class,
  HomeConfiguration.class,
  FunderConfiguration.class,
  VenueConfiguration.class,
  PrescriberConfiguration.class,
  ToDoConfiguration.class,
  NotificationsConfiguration.class,
  // from the slip to the money, and from the money to its cause
  SlipConfiguration.class,
  SettlementPagesConfiguration.class,
  BankPagesConfiguration.class,
  PayeePagesConfiguration.class,
  MatchingConfiguration.class,
  EndingPagesConfiguration.class,
  VenueRegisterConfiguration.class,
  TitlesConfiguration.class,
  PrintPagesConfiguration.class,
  WorkConfiguration.class,
  ReversalConfiguration.class,
  RefundConfiguration.class,
  FundsConfiguration.class,
  LedgerPagesConfiguration.class,
  // for anybody, and from any paper to its page
  VisitorConfiguration.class,
  SearchConfiguration.class,
  // what answers are read from
  UpkeepPagesConfiguration.class,
})
public class Pages {}
