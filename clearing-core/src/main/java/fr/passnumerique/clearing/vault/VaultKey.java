package fr.passnumerique.clearing.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits, the master's or a subject's, and the two that are derived from it: one
 * encrypts, one makes digests, so that neither use weakens the other.
 */
final class VaultKey {
  static final int BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** 160 bits: no two contents ever meet, and the reference has the length of an identifier. */
  private static final int DIGEST_BYTES = 20;

  private final SecretKey encrypting;
  private final SecretKey digesting;

  VaultKey(byte[] bits) {
    if (bits.length != BYTES) {
      throw new IllegalArgumentException("a vault key has 256 bits");
    }
    encrypting = derived(bits, "pass vault encrypt 1", "AES");
    digesting = derived(bits, "pass vault digest 1", "HmacSHA256");
  }

  static byte[] randomBits() {
    byte[] bits = new byte[BYTES];
    RANDOM.nextBytes(bits);
    return bits;
  }

  private static SecretKey derived(byte[] bits, String use, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(new SecretKeySpec(bits, "Generic"))
                  .thenExpand(use.getBytes(US_ASCII), BYTES));
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param context must be the same to decrypt; it is not part of the result
   */
  byte[] encrypt(byte[] plain, String... context) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, encrypting, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(lengthPrefixed(context));
      byte[] encrypted = cipher.doFinal(plain);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
      System.arraycopy(encrypted, 0, whole, NONCE_BYTES, encrypted.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @return empty if it was not encrypted under this key in this context, or was changed since
   */
  Optional<byte[]> decrypt(byte[] whole, String... context) {
    if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, encrypting, new GCMParameterSpec(TAG_BITS, whole, 0, NONCE_BYTES));
      cipher.updateAAD(lengthPrefixed(context));
      return Optional.of(cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 40 hexadecimal digits. */
  String digest(String use, byte[] value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(digesting);
      mac.update(lengthPrefixed(use));
      return HexFormat.of().formatHex(mac.doFinal(value), 0, DIGEST_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each preceded by its length: no two lists come to the same bytes. */
  static byte[] lengthPrefixed(String... parts) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (String part : parts) {
        // Unlike String.getBytes it refuses half a character instead of replacing it.
        ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(part));
        out.writeInt(encoded.remaining());
        out.write(encoded.array(), 0, encoded.remaining());
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text that is not Unicode cannot be kept", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
