package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.export.ExportedStory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verifier by itself: its jar, an export and a Java in an otherwise empty directory, as a court
 * or a successor has them. A build tries the jar that it made ({@code verifier.jar}); without one a
 * jar of the same parts is put together here.
 */
class VerifierAloneIT {
  private static final List<String> PARTS =
      List.of("fr/passnumerique/projections/verifier/", "tools/jackson/", "com/fasterxml/jackson/");
  private static final long MOST_BYTES = 4_000_000;

  @TempDir private static Path bare;
  private static Path jar;
  private static byte[] export;

  @BeforeAll
  static void aJarAndAnExport() throws Exception {
    jar = bare.resolve("verify-ledger.jar");
    String built = System.getProperty("verifier.jar");
    if (built != null) {
      Files.copy(Path.of(built), jar);
    } else {
      putTogether(jar);
    }
    try (ExportedStory story = new ExportedStory()) {
      export = story.whole(true);
    }
    Files.write(bare.resolve("ledger.ndjson"), export);
  }

  @Test
  void itSaysOfAnExportThatItHolds() throws Exception {
    Said said = run("ledger.ndjson");
    assertThat(said.exit).as(said.text).isZero();
    assertThat(said.text).contains("chain");
  }

  @Test
  void itFindsACentThatWasMoved() throws Exception {
    String text = new String(export, UTF_8);
    String other = text.replaceFirst("amountCents\\\\\":600000", "amountCents\\\\\":600001");
    assertThat(other).isNotEqualTo(text);
    Files.writeString(bare.resolve("other.ndjson"), other);
    Said said = run("other.ndjson");
    assertThat(said.exit).isEqualTo(1);
    assertThat(said.text).contains("position 6");
  }

  @Test
  void itTellsWhoCallsItWronglyHow() throws Exception {
    assertThat(run().exit).isEqualTo(2);
    assertThat(run("no-such-file.ndjson").exit).isEqualTo(2);
  }

  @Test
  void itIsSmallAndHoldsNothingOfTheEngine() throws Exception {
    assertThat(Files.size(jar)).isLessThan(MOST_BYTES);
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.stream().map(JarEntry::getName))
          .filteredOn(name -> name.endsWith(".class"))
          .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
          .allMatch(name -> PARTS.stream().anyMatch(name::startsWith))
          .contains("fr/passnumerique/projections/verifier/VerifyLedger.class");
      assertThat(file.getEntry("fr/passnumerique/projections/verifier/postings.txt")).isNotNull();
    }
  }

  private record Said(int exit, String text) {}

  private static Said run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add("verify-ledger.jar");
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command).directory(bare.toFile()).redirectErrorStream(true);
    process.environment().clear();
    Process running = process.start();
    String text = new String(running.getInputStream().readAllBytes(), UTF_8);
    return new Said(running.waitFor(), text);
  }

  private static void putTogether(Path to) throws IOException, URISyntaxException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, VerifyLedger.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    Set<String> written = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(to);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> in :
          List.of(
              VerifyLedger.class,
              tools.jackson.databind.JsonNode.class,
              tools.jackson.core.JsonParser.class,
              com.fasterxml.jackson.annotation.JsonProperty.class)) {
        Path source = Path.of(in.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(source)) {
          try (Stream<Path> files = Files.walk(source.resolve(PARTS.getFirst()))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
              add(out, written, source.relativize(each).toString(), Files.readAllBytes(each));
            }
          }
        } else {
          try (JarFile parts = new JarFile(source.toFile())) {
            for (JarEntry entry : parts.stream().toList()) {
              if (!entry.isDirectory()
                  && !entry.getName().endsWith("module-info.class")
                  && PARTS.stream().anyMatch(part -> entry.getName().contains(part))) {
                try (InputStream bytes = parts.getInputStream(entry)) {
                  add(out, written, entry.getName(), bytes.readAllBytes());
                }
              }
            }
          }
        }
      }
    }
  }

  private static void add(JarOutputStream out, Set<String> written, String name, byte[] bytes)
      throws IOException {
    if (written.add(name)) {
      out.putNextEntry(new JarEntry(name));
      out.write(bytes);
      out.closeEntry();
    }
  }
}
