package fr.passnumerique.ui.print;

import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * Tells screen readers what of a page is to be read, and in which order: one paragraph after the
 * other (ISO 32000-1, 14.7).
 */
final class Tagging {
  private final PDStructureTreeRoot root = new PDStructureTreeRoot();
  private final PDStructureElement whole;
  private final COSArray parents = new COSArray();
  private int pages;
  private PDPage page = new PDPage();
  private COSArray ofPage = new COSArray();

  private Tagging() {
    whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
    root.appendKid(whole);
  }

  static Tagging of(PDDocument document, String title) {
    PDDocumentCatalog catalog = document.getDocumentCatalog();
    catalog.setLanguage("fr");
    PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
    PDMarkInfo marked = new PDMarkInfo();
    marked.setMarked(true);
    catalog.setMarkInfo(marked);
    document.getDocumentInformation().setTitle(title);
    document.getDocumentInformation().setProducer("Pass numérique");
    Tagging tagging = new Tagging();
    catalog.setStructureTreeRoot(tagging.root);
    return tagging;
  }

  void begin(PDPage next) {
    page = next;
    ofPage = new COSArray();
    page.setStructParents(pages);
  }

  /** Until {@code endMarkedContent}. */
  void beginParagraph(PDPageContentStream to) throws IOException {
    int id = ofPage.size();
    PDStructureElement paragraph = new PDStructureElement(StandardStructureTypes.P, whole);
    paragraph.setPage(page);
    paragraph.appendKid(id);
    whole.appendKid(paragraph);
    ofPage.add(paragraph);
    COSDictionary properties = new COSDictionary();
    properties.setInt(COSName.MCID, id);
    to.beginMarkedContent(COSName.P, PDPropertyList.create(properties));
  }

  void end() {
    parents.add(COSInteger.get(pages));
    parents.add(ofPage);
    pages++;
  }

  void finish() {
    COSDictionary numbers = new COSDictionary();
    numbers.setItem(COSName.NUMS, parents);
    root.setParentTree(new PDNumberTreeNode(numbers, PDParentTreeValue.class));
    root.setParentTreeNextKey(pages);
  }
}
