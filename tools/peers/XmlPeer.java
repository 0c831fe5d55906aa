import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.util.*;
import javax.xml.crypto.*;
import javax.xml.crypto.dsig.*;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.*;
import javax.xml.parsers.*;
import org.w3c.dom.*;

/**
 * Reads lines, says for each whether every ds:Signature in a file validates. A line is the file's
 * path, then for each file beside it its name and its path, all parted by tabulators.
 */
public class XmlPeer {
  private static final int MOST_CERTIFICATES = 16;

  public static void main(String[] arguments) throws Exception {
    boolean secure = arguments.length == 0 || !arguments[0].equals("lax");
    BufferedReader names = new BufferedReader(new InputStreamReader(System.in));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      System.out.println(judged(name, secure));
      System.out.flush();
    }
  }

  private static String judged(String line, boolean secure) {
    try {
      String[] parts = line.split("\t", -1);
      String name = parts[0];
      Map<String, String> beside = new LinkedHashMap<>();
      for (int i = 1; i + 1 < parts.length; i += 2) beside.put(parts[i], parts[i + 1]);
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Document document = factory.newDocumentBuilder().parse(new File(name));
      nameIds(document.getDocumentElement());
      NodeList found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
      if (found.getLength() == 0) return "refused no signature";
      for (int i = 0; i < found.getLength(); i++) {
        if (isCounterSignature(found.item(i))) continue;
        if (!isValid(found.item(i), secure, beside)) return "refused";
      }
      return "accepted";
    } catch (Throwable fault) {
      return "refused " + fault.getMessage();
    }
  }

  private static boolean isCounterSignature(Node signature) {
    return "CounterSignature".equals(signature.getParentNode().getLocalName());
  }

  /** KeyInfo may hold a whole chain in any order: the key is that of the certificate that fits. */
  private static boolean isValid(Node signature, boolean secure, Map<String, String> beside)
      throws Exception {
    Exception last = null;
    for (int place = 0; place < MOST_CERTIFICATES; place++) {
      try {
        if (isValid(signature, secure, beside, new CertificateKey(place))) return true;
      } catch (Exception fault) {
        if (fault.getCause() instanceof KeySelectorException) {
          if (place == 0 || last != null) throw place == 0 ? fault : last;
          return false;
        }
        last = fault;
      }
    }
    if (last != null) throw last;
    return false;
  }

  private static boolean isValid(
      Node signature, boolean secure, Map<String, String> beside, KeySelector key)
      throws Exception {
    DOMValidateContext context = new DOMValidateContext(key, signature);
    context.setProperty("org.jcp.xml.dsig.secureValidation", secure);
    XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
    URIDereferencer own = factory.getURIDereferencer();
    context.setURIDereferencer(
        (reference, at) -> {
          String path = found(reference.getURI(), beside);
          if (path == null) return own.dereference(reference, at);
          try {
            return new OctetStreamData(new FileInputStream(path));
          } catch (IOException fault) {
            throw new URIReferenceException(fault);
          }
        });
    return factory.unmarshalXMLSignature(context).validate(context);
  }

  private static String found(String uri, Map<String, String> beside) {
    if (uri == null) return beside.size() == 1 ? beside.values().iterator().next() : null;
    String decoded = java.net.URLDecoder.decode(uri, java.nio.charset.StandardCharsets.UTF_8);
    return beside.getOrDefault(uri, beside.get(decoded));
  }

  private static void nameIds(Element element) {
    for (String name : List.of("Id", "ID", "id")) {
      if (element.hasAttribute(name)) element.setIdAttribute(name, true);
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) nameIds(inner);
    }
  }

  private static final class CertificateKey extends KeySelector {
    private final int place;

    CertificateKey(int place) {
      this.place = place;
    }

    @Override
    public KeySelectorResult select(
        KeyInfo info, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context)
        throws KeySelectorException {
      if (info == null) throw new KeySelectorException("no certificate in KeyInfo");
      int met = 0;
      for (Object part : info.getContent()) {
        if (!(part instanceof X509Data data)) continue;
        for (Object item : data.getContent()) {
          if (item instanceof X509Certificate one && met++ == place) {
            PublicKey key = one.getPublicKey();
            return () -> key;
          }
        }
      }
      throw new KeySelectorException("no certificate in KeyInfo");
    }
  }
}
