package fr.passnumerique.projections.registers;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last word of a batch of facts on funders, programmes, agreements and prescribers. */
final class Parties {
  private record AgreementShare(AgreementTerms terms, int place, AgreementSigned.Share share) {}

  private final Map<FunderId, FunderRegistered> funders = new LinkedHashMap<>();
  private final Map<ProgrammeId, ProgrammeDefined> programmes = new LinkedHashMap<>();
  private final List<AgreementSigned> agreements = new ArrayList<>();
  private final List<AgreementShare> shares = new ArrayList<>();
  private final Map<PrescriberId, PrescriberRegistered> prescribers = new LinkedHashMap<>();

  void fold(Fact fact) {
    switch (fact) {
      case FunderRegistered f -> funders.put(f.funder(), f);
      case ProgrammeDefined f -> programmes.put(f.programme(), f);
      case AgreementTerms f -> {
        if (f instanceof AgreementSigned signed) {
          agreements.add(signed);
        }
        for (int place = 1; place <= f.shares().size(); place++) {
          shares.add(new AgreementShare(f, place, f.shares().get(place - 1)));
        }
      }
      case PrescriberRegistered f -> prescribers.put(f.prescriber(), f);
      default -> {}
    }
  }

  void write(Connection connection) throws SQLException {
    if (!funders.isEmpty()) {
      writeFunders(connection, List.copyOf(funders.values()));
    }
    if (!programmes.isEmpty()) {
      writeProgrammes(connection, List.copyOf(programmes.values()));
    }
    if (!agreements.isEmpty()) {
      writeAgreements(connection, agreements);
    }
    if (!shares.isEmpty()) {
      writeShares(connection, shares);
    }
    if (!prescribers.isEmpty()) {
      writePrescribers(connection, List.copyOf(prescribers.values()));
    }
  }

  private static void writeFunders(Connection connection, List<FunderRegistered> funders)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.funder (id, name, kind)
            select * from unnest(?::text[], ?::text[], ?::text[])
            on conflict (id) do update set name = excluded.name, kind = excluded.kind
            """)) {
      Bulk.of(connection, upsert, funders)
          .texts(f -> f.funder().value())
          .texts(FunderRegistered::name)
          .texts(f -> f.kind().name());
      upsert.executeUpdate();
    }
  }

  private static void writeProgrammes(Connection connection, List<ProgrammeDefined> programmes)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.programme (id, name, face_value_cents)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (id) do update
              set name = excluded.name, face_value_cents = excluded.face_value_cents
            """)) {
      Bulk.of(connection, upsert, programmes)
          .texts(p -> p.programme().value())
          .texts(ProgrammeDefined::name)
          .longs(ProgrammeDefined::faceValueCents);
      upsert.executeUpdate();
    }
  }

  private static void writeAgreements(Connection connection, List<AgreementSigned> agreements)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.agreement (id, programme, signed_on, starts_on, ends_on)
            select a.id, a.programme, a.signed_on::date, a.starts_on::date, a.ends_on::date
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as a(id, programme, signed_on, starts_on, ends_on)
            """)) {
      Bulk.of(connection, insert, agreements)
          .texts(a -> a.agreement().value())
          .texts(a -> a.programme().value())
          .texts(a -> a.signedOn().toString())
          .texts(a -> a.startsOn().toString())
          .texts(a -> a.endsOn().toString());
      insert.executeUpdate();
    }
  }

  private static void writeShares(Connection connection, List<AgreementShare> shares)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.agreement_share
                   (agreement, key_version, place, funder, basis_points, ceiling_cents, pre_financier)
            select s.agreement, s.key_version, s.place, s.funder, s.basis_points, s.ceiling_cents,
                   nullif(s.pre_financier, '')
              from unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::integer[], ?::bigint[], ?::text[])
                   as s(agreement, key_version, place, funder, basis_points, ceiling_cents, pre_financier)
            """)) {
      Bulk.of(connection, insert, shares)
          .texts(s -> s.terms().agreement().value())
          .ints(s -> s.terms().keyVersion())
          .ints(AgreementShare::place)
          .texts(s -> s.share().funder().value())
          .ints(s -> s.share().basisPoints())
          .longs(s -> s.share().ceilingCents())
          .texts(s -> s.share().preFinancier().map(FunderId::value).orElse(""));
      insert.executeUpdate();
    }
  }

  private static void writePrescribers(
      Connection connection, List<PrescriberRegistered> prescribers) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into projections.prescriber (id, name, departement)
            select * from unnest(?::text[], ?::text[], ?::text[])
            on conflict (id) do update set name = excluded.name, departement = excluded.departement
            """)) {
      Bulk.of(connection, upsert, prescribers)
          .texts(p -> p.prescriber().value())
          .texts(PrescriberRegistered::name)
          .texts(p -> p.departement().code());
      upsert.executeUpdate();
    }
  }
}
