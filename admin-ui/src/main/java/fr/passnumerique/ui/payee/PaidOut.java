package fr.passnumerique.ui.payee;

/** To whom money goes out, and how the pages of the account that it goes to say so. */
enum PaidOut {
  VENUE(
      PayeeAccountPages.OF_A_VENUE,
      "Lieu",
      "Où il est payé",
      "Ce qui lui est dû attend qu’un compte soit proposé, puis confirmé par une autre personne.",
      "Attend qu’un autre compte soit proposé, puis confirmé par une autre personne : le règlement"
          + " suivant le paie",
      "le prochain règlement y paie le lieu",
      "payé"),
  FUNDER(
      PayeeAccountPages.OF_A_FUNDER,
      "Financeur",
      "Où ses avoirs sont remboursés",
      "Ses avoirs attendent qu’un compte soit proposé, puis confirmé par une autre personne.",
      "Attend qu’un autre compte soit proposé, puis confirmé par une autre personne : ses avoirs"
          + " sont alors ordonnés de nouveau",
      "ses avoirs y sont remboursés",
      "remboursé");

  private final String page;
  private final String label;
  private final String where;
  private final String empty;
  private final String due;
  private final String next;
  private final String done;

  PaidOut(
      String page, String label, String where, String empty, String due, String next, String done) {
    this.page = page;
    this.label = label;
    this.where = where;
    this.empty = empty;
    this.due = due;
    this.next = next;
    this.done = done;
  }

  /** With a variable for whose account it is. */
  String page() {
    return page;
  }

  public String label() {
    return label;
  }

  /** A title. */
  public String where() {
    return where;
  }

  /** What to do where there is no account. */
  public String empty() {
    return empty;
  }

  /** What becomes of its money while the bank has closed the account. */
  public String due() {
    return due;
  }

  /** What a confirmed account changes. */
  String next() {
    return next;
  }

  /** What money there is then: paid, or refunded. */
  public String done() {
    return done;
  }
}
