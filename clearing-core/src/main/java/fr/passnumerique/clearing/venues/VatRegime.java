package fr.passnumerique.clearing.venues;

/**
 * How a venue stands with VAT. None of them puts VAT on the face value of cheques, which passes
 * through: it concerns what the operator invoices, its fees.
 */
public enum VatRegime {
  /** The default: none on the face value, VAT on fees. */
  FEES_ONLY,
  /** Franchise en base (CGI, art. 293 B): no VAT on what it invoices itself. */
  FRANCHISE,
  /** Exempt by its activity, as non-profit bodies may be (CGI, art. 261, 7). */
  EXEMPT,
  /** Liable and deducting. */
  LIABLE,
  /** A public body outside the scope (CGI, art. 256 B). */
  PUBLIC_BODY
}
