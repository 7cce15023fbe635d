package fr.passnumerique.loadtest.model;

import java.util.Deque;

/**
 * All that a story is told by: each plot but one draws from the same chance, and all look at the
 * same world.
 */
final class Plots {
  final Cast cast;
  final BeginningPlot beginning;
  final VenuePlot venues;
  final CashPlot cash;
  final FundingStory funding;
  final DistributionPlot distribution;
  final SlipPlot slips;
  final PaymentPlot payments;
  final SettlingPlot settling;
  final BankStory bank;
  final BankClerkStory clerk;
  final TitlePlot titles;
  final ReversalPlot reversals;
  final EndingPlot endings;
  final RefundPlot refunds;
  final LiftPlot lifts;
  final OverpaidPlot overpaid;
  final KeptPlot kept;
  final ToldPlot corrections;
  final TakenBackPlot takenBack;
  final ByHandPlot byHand;
  final InOneSumPlot inOneSum;
  final CarriedPlot carried;
  final SeldomPlot seldom;

  /**
   * @param aside a chance that the others do not draw from
   * @param told what was told last, which the story goes on with
   */
  Plots(World world, Dice dice, Dice aside, Days days, Theme theme, Deque<Action> told) {
    cast = new Cast(world, dice);
    beginning = new BeginningPlot(world, dice, days, cast);
    venues = new VenuePlot(world, dice, days, cast);
    cash = new CashPlot(world, dice, days, cast);
    funding = new FundingStory(world, dice, days, cast::id);
    distribution = new DistributionPlot(world, dice, days, cast);
    settling = new SettlingPlot(world, dice, days);
    titles = new TitlePlot(world, dice, days);
    reversals = new ReversalPlot(world, dice, days, theme);
    slips = new SlipPlot(world, dice, days, cast, reversals, theme, told);
    payments = new PaymentPlot(world, dice, days, cast, reversals, settling, theme);
    bank = new BankStory(world, dice, days, cast::id);
    clerk = new BankClerkStory(world, dice, bank);
    endings = new EndingPlot(world, dice, days);
    refunds = new RefundPlot(world, dice, days, theme);
    lifts = new LiftPlot(world, dice, days, bank);
    overpaid = new OverpaidPlot(world, dice, days);
    corrections = new ToldPlot(world, dice, bank);
    kept = new KeptPlot(world, dice, days, bank, clerk, reversals, corrections);
    takenBack = new TakenBackPlot(world, dice, days, cast, bank, venues, corrections);
    byHand = new ByHandPlot(world, dice, days, cast, bank);
    inOneSum = new InOneSumPlot(world, dice, days, bank);
    carried = new CarriedPlot(world, days, cast, venues);
    seldom = new SeldomPlot(aside, this);
  }
}
