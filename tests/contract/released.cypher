// The graph of mscev. What follows the comments makes missing constraints and indexes.
//
// (:Entity)  Something that claims speak of; it has the label of its kind too.
//   id: str. Unique among the nodes of the label.
//   kind: str. The name of its kind.
//   name: str. The preferred name.
//   category: str. The Biolink class.
//   synonyms: [str], may be absent. Other names of the same thing.
//   asWritten: [str], may be absent. The forms that the sources use, as written.
//   description: str, may be absent. What it is, in our own words.
//   composition: [str], may be absent. For a local term: the public terms it is composed of, as 'GO:1903561', 'RO:0003001 CL:0000134'.
//   sources: [str]. Ids of the sources that say it.
//   variants: [str], may be absent. Where its sources differ: what they say, as JSON, each different text once.
//   variantOf: [int], may be absent. For each of its sources, which of the variants it says, from 0.
//
// (:Claim)  What one source says in one place: subject, predicate, object, and the setting in which it holds.
//   id: str. Unique among the nodes of the label.
//   statement: str. What it says, in one line of our own words.
//   predicate: str. The name of its predicate.
//   direction: Direction, may be absent. The predicate's sign.
//   negated: bool. Whether the source says that it does not hold.
//   certainty: Certainty. How firmly it is said.
//   evidenceLevel: EvidenceLevel. The kind of evidence.
//   status: ClaimStatus. Who stands behind it.
//   extent: str, may be absent. How much, as the source states it.
//   dose: str, may be absent. How much was given, as the source states it.
//   cited: bool. Whether the source cites anything for it.
//   article: str. The id of the article that says it.
//   place: str. Sorts in the order of the text.
//   sentenceSha256: str. SHA-256 of the sentence that was read.
//   makesRelation: bool. Whether it holds without its qualifiers, and so has a relation.
//   primaryKnowledgeSource: str. Who made the claim.
//   knowledgeLevel: KnowledgeLevel. Biolink knowledge level.
//   agentType: AgentType. Biolink agent type.
//   rule: str, may be absent. The mining rule that proposed it.
//   score: float in 1, may be absent. How far the rule is to be trusted, from 0 to 1.
//   reviewer: str, may be absent. Who accepted the proposal, by ORCID.
//
// (:Article)  One article.
//   id: str. Unique among the nodes of the label.
//   title: str. Its title.
//   authors: [str]. Its authors, in order.
//   articleType: str, may be absent. What sort of article it is.
//   interests: str, may be absent. What is known of its authors' interests.
//   sha256: str, may be absent. SHA-256 of the loaded file; absent where none was.
//
// (:Section)  A heading and what stands under it.
//   id: str. Unique among the nodes of the label.
//   article: str. The article's id.
//   block: int. The block of the heading; 0 before any.
//   title: str. The heading.
//   level: int. 1 for the highest.
//
// (:Sentence)  A place in an article. The text itself is not shipped.
//   id: str. Unique among the nodes of the label.
//   article: str. The article's id.
//   block: int. The block (paragraph) of the file, from 1.
//   sentence: int. The sentence inside the block, from 1.
//   place: str. Sorts in the order of the text.
//   page: int, may be absent. The printed page.
//   starts: [int] in code points. Where its spans begin.
//   ends: [int] in code points. Where they end; the end itself is outside.
//   sha256: str. SHA-256 of the sentence.
//   verified: bool. Whether a loaded copy holds it here.
//   quote: str, may be absent. The sentence; only with a copy of the article.
//
// (:Reference)  One printed entry of an article's list.
//   id: str. Unique among the nodes of the label.
//   article: str. The article's id.
//   position: int. Its place in the list, from 1.
//   printedNumber: int, may be absent. The number that is printed.
//   title: str, may be absent. The paper's title.
//   authors: [str]. The paper's authors, in order.
//   journal: str, may be absent. The journal.
//   year: int, may be absent. The year of publication.
//   volume: str, may be absent. The volume.
//   pages: str, may be absent. Pages or the article's number.
//   doi: str, may be absent. The DOI, without a prefix.
//   pmid: str, may be absent. The PubMed id, without a prefix.
//   pmcid: str, may be absent. The PubMed Central id.
//   erratum: str, may be absent. A published erratum.
//   text: str, may be absent. As printed; only with a copy of the article.
//
// (:Citation)  One in-text marker and where it leads.
//   id: str. Unique among the nodes of the label.
//   article: str. The article's id.
//   label: str. The marker as written.
//   marker: int, may be absent. The marker as a number.
//   status: CitationStatus. Whether it leads to a printed reference.
//   basis: str. By what it was resolved.
//   confidence: float in 1. Confidence in the link, from 0 to 1.
//   note: str, may be absent. Why, in our own words.
//
// (:Term)  A public identifier.
//   id: str. Unique among the nodes of the label.
//   label: str, may be absent. Its name there.
//
// (:Source)  What was loaded.
//   id: str. Unique among the nodes of the label.
//   title: str. Its title.
//   version: str, may be absent. The release that was read.
//   licence: str, may be absent. On which terms it is shared.
//   url: str, may be absent. Where it is from.
//   release: str. Hash of what it gave.
//
// (:Load)  A load or removal of a big source that is under way or was interrupted; gone when it is done.
//   id: str. Unique among the nodes of the label.
//   state: str. LOADING or REMOVING.
//   startedAt: datetime. When it began.
//   input: str, may be absent. What tells the loaded files from others.
//   size: int, may be absent. Records in a part.
//
// (:LoadPart)  A part of such a load that is written.
//   id: str. Unique among the nodes of the label.
//   load: str. The id of the load.
//   records: int, may be absent. How many records it holds.
//
// (:Release)  The state of the graph; there is one.
//   id: str. Unique among the nodes of the label.
//   hash: str. Hash of all entities, relations and claims.
//   generation: int. Raised by every write.
//   builtAt: datetime. When the hash came to be.
//
// (:Entity:MscSource)  A tissue from which mesenchymal stem (stromal) cells are obtained.
//
// (:Entity:CellType)  A type or state of cell.
//
// (:Entity:EvSubtype)  A subtype of extracellular vesicle by origin or size.
//   minDiameterNm: float in nm, may be absent. Lower bound of the diameter as the source states it.
//   maxDiameterNm: float in nm, may be absent. Upper bound of the diameter as the source states it.
//   operationalClasses: [OperationalClass], may be absent. The MISEV2023 operational terms that the diameter range falls into.
//
// (:Entity:EvPreparation)  Extracellular vesicles as a population: of any source, or from a named one such as AT-MSC-EV.
//
// (:Entity:Cargo)  Something that vesicles carry, or a class of such things.
//
// (:Entity:Cytokine)  A cytokine or chemokine, or a class of them.
//
// (:Entity:Protein)  A protein, its gene, a family or a complex of proteins.
//
// (:Entity:Receptor)  A receptor or a family of receptors.
//
// (:Entity:Chemical)  A small molecule, lipid, pigment or drug.
//
// (:Entity:Pathway)  A signalling pathway.
//
// (:Entity:BiologicalProcess)  A process in cells or tissue, healthy or not.
//
// (:Entity:Phenotype)  An observable state of cells, tissue or a person.
//
// (:Entity:CellularComponent)  A part of a cell or of the space between cells.
//
// (:Entity:Disease)  A disease, disorder or injury.
//
// (:Entity:Anatomy)  An organ, tissue, fluid or barrier of the body.
//
// (:Entity:Therapy)  A treatment or a field of treatment.
//
// (:Entity:DeliveryRoute)  A way of giving a therapy.
//
// (:Entity:Study)  A kind of study, a phase of a trial, or one named study.
//
// (:Entity:Population)  Who was studied: a species or a group of patients.
//
// (:Entity:Outcome)  Something measured or judged in patients or animals.
//
// (:Entity:Limitation)  A drawback or risk of a therapy or of its evidence.
//
// (:Entity:Advantage)  A benefit of a therapy, often over another one.
//
// (:Claim)-[:SUBJECT]->(:Entity)
//   Of what the claim speaks; exactly one.
//
// (:Claim)-[:OBJECT]->(:Entity)
//   What it says it of; exactly one.
//
// (:Claim)-[:VIA]->(:Entity)
//   What the subject acts through.
//
// (:Claim)-[:CONTEXT {role}]->(:Entity)
//   The setting in which the claim holds.
//   role: ContextRole. The part of the setting.
//
// (:Claim)-[:STATED_IN]->(:Sentence)
//   The sentence that says it.
//
// (:Sentence)-[:PART_OF]->(:Section)
//   Where it stands.
//
// (:Section)-[:PART_OF]->(:Article)
//   Where it stands.
//
// (:Entity)-[:MENTIONED_IN {starts, ends}]->(:Sentence)
//   That the sentence names it.
//   starts: [int] in code points. Where its spans begin.
//   ends: [int] in code points. Where they end; the end itself is outside.
//
// (:Claim)-[:CITES {concerns, note}]->(:Citation)
//   The marker on which the claim rests.
//   concerns: [CitationConcern]. What is known against the paper, for this claim.
//   note: str, may be absent. Why, in our own words.
//
// (:Citation)-[:RESOLVED_TO]->(:Reference)
//   The printed reference to which the marker leads.
//
// (:Citation)-[:MAY_BE]->(:Reference)
//   Another reference that the marker may mean.
//
// (:Article)-[:LISTS {position, printedNumber}]->(:Reference)
//   The printed list.
//   position: int. The place in the list, from 1.
//   printedNumber: int, may be absent. The number that is printed.
//
// (:Citation)-[:IN]->(:Article)
//   The article in which the marker stands.
//
// (:Entity)-[:IS_A {source, version, sources, variants, variantOf}]->(:Entity)
//   A step of an ontology; no claim of the article.
//   source: str. The ontology.
//   version: str, may be absent. The release that was read.
//   sources: [str]. Ids of the sources that say it.
//   variants: [str], may be absent. Where its sources differ: what they say, as JSON, each different text once.
//   variantOf: [int], may be absent. For each of its sources, which of the variants it says, from 0.
//
// (:Entity)-[:MAPPED_TO {match, source, version, label}]->(:Term)
//   A public identifier, and how well it fits.
//   match: MappingMatch. How well it fits.
//   source: str. Where that was checked.
//   version: str, may be absent. The release that was read.
//   label: str, may be absent. Its name there, as the source has it.
//
// (:Entity)-[:PREDICATE]->(:Entity)  A relation, made by its claims.
//   id: str. The same on every machine.
//   direction: Direction, may be absent. The predicate's sign.
//   claimIds: [str], may be absent. Ids of the claims that make it, in the order of the text.
//   sources: [str]. Ids of the sources that say it.
//   publications: [str], may be absent. Papers that its claims rest on.
//   knowledgeLevel: KnowledgeLevel. Biolink knowledge level.
//   agentType: AgentType. Biolink agent type.
//   originalPredicate: str, may be absent. What the foreign graph calls it, where its type does not say that.
//
// [:INCREASES]  Raises the amount, rate or degree of the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, Anatomy, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     Disease, Limitation, Outcome, Pathway, Phenotype, Protein, Receptor
//
// [:DECREASES]  Lowers the amount, rate or degree of the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, Anatomy, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     Disease, Limitation, Outcome, Pathway, Phenotype, Protein, Receptor
//
// [:ACTIVATES]  Switches the object on or makes it more active.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine, Pathway, Phenotype,
//     Protein, Receptor
//
// [:INHIBITS]  Switches the object off or makes it less active.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine, Pathway, Phenotype,
//     Protein, Receptor
//
// [:UPREGULATES]  Raises the expression of the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Cargo, Chemical, Cytokine, Protein, Receptor
//
// [:DOWNREGULATES]  Lowers the expression of the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Cargo, Chemical, Cytokine, Protein, Receptor
//
// [:AFFECTS]  Acts on the object; the source states no direction.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, Anatomy, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     Disease, Limitation, Outcome, Pathway, Phenotype, Protein, Receptor
//
// [:DISRUPTS]  Disturbs the structure or the working of the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, Anatomy, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     Disease, Limitation, Outcome, Pathway, Phenotype, Protein, Receptor
//
// [:CAUSES]  Brings the object about.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, BiologicalProcess, CellularComponent, Disease, Limitation, Outcome, Pathway,
//     Phenotype
//
// [:CONTRIBUTES_TO]  Is one cause of the object, or drives it in part.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, BiologicalProcess, CellularComponent, Disease, Limitation, Outcome, Pathway,
//     Phenotype
//
// [:PREDISPOSES_TO]  Is a risk factor for the object.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Disease, Outcome, Phenotype
//
// [:IMPROVES]  Makes the condition or outcome better in the stated setting.
//   from CellType, EvPreparation, EvSubtype, Therapy
//   to Disease, Outcome, Phenotype
//
// [:STUDIED_FOR]  Was or is investigated as a treatment for the object; says nothing of success.
//   from CellType, EvPreparation, EvSubtype, Therapy
//   to BiologicalProcess, Disease, Outcome, Phenotype, Therapy
//
// [:USED_IN]  Is a means of the therapy or field.
//   from Cargo, CellType, Chemical, Cytokine, EvPreparation, EvSubtype, Protein, Receptor, Therapy
//   to Therapy
//
// [:MEDIATES]  Is what the object works through.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to BiologicalProcess, CellularComponent, Disease, Outcome, Pathway, Phenotype, Therapy
//
// [:SECRETES]  Releases the object.
//   from CellType
//   to BiologicalProcess, Cargo, CellularComponent, Chemical, Cytokine, EvPreparation, EvSubtype,
//     Pathway, Phenotype, Protein, Receptor
//
// [:CARRIES]  Holds the object as cargo or in its membrane.
//   from EvPreparation, EvSubtype
//   to Cargo, CellularComponent, Chemical, Cytokine, Protein, Receptor
//
// [:DELIVERS]  Brings the object into target cells.
//   from CellType, EvPreparation, EvSubtype
//   to Cargo, CellularComponent, Chemical, Cytokine, Protein, Receptor
//
// [:DERIVES_FROM]  Comes from the object.
//   from CellType, EvPreparation, EvSubtype
//   to Anatomy, CellType, MscSource
//
// [:LOCATED_IN]  Is found in the object.
//   from BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine, EvPreparation,
//     EvSubtype, Phenotype, Protein, Receptor
//   to Anatomy, CellularComponent, MscSource
//
// [:ACCUMULATES_IN]  Gathers in the object after being given.
//   from CellType, EvPreparation, EvSubtype, Therapy
//   to Anatomy, MscSource
//
// [:DIFFERENTIATES_INTO]  Becomes the object.
//   from CellType
//   to CellType
//
// [:EXPRESSES]  Makes or shows the object.
//   from CellType, EvPreparation, EvSubtype
//   to Cargo, Chemical, Cytokine, Protein, Receptor
//
// [:CAPABLE_OF]  Can carry out the object.
//   from Cargo, CellType, Chemical, Cytokine, EvPreparation, EvSubtype, Protein, Receptor, Therapy
//   to BiologicalProcess, CellularComponent, Pathway, Phenotype
//
// [:PARTICIPATES_IN]  Is involved in the object.
//   from BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine, EvPreparation,
//     EvSubtype, Pathway, Phenotype, Protein, Receptor
//   to BiologicalProcess, CellularComponent, Disease, Pathway, Phenotype
//
// [:HAS_PART]  Has the object as a part, component or member.
//   from any kind
//   to any kind
//
// [:SUBCLASS_OF]  Every subject is an object; both ends are of related kinds.
//   from any kind
//   to any kind
//
// [:HAS_PHENOTYPE]  Is characterised by the object.
//   from BiologicalProcess, CellType, Disease
//   to BiologicalProcess, CellularComponent, Outcome, Pathway, Phenotype
//
// [:PRECEDES]  Comes before the object.
//   from BiologicalProcess, CellularComponent, Disease, Outcome, Pathway, Phenotype
//   to BiologicalProcess, CellularComponent, Disease, Outcome, Pathway, Phenotype
//
// [:HAS_LIMITATION]  Has the drawback or risk.
//   from CellType, DeliveryRoute, EvPreparation, EvSubtype, Study, Therapy
//   to Limitation
//
// [:HAS_ADVANTAGE]  Has the benefit, often over a comparator.
//   from CellType, DeliveryRoute, EvPreparation, EvSubtype, Therapy
//   to Advantage
//
// [:ADDRESSES]  Removes or eases the limitation.
//   from Advantage, CellType, DeliveryRoute, EvPreparation, EvSubtype, Therapy
//   to Limitation
//
// [:ENABLES]  Makes the object possible.
//   from Advantage, BiologicalProcess, Cargo, CellType, CellularComponent, Chemical, Cytokine,
//     DeliveryRoute, Disease, EvPreparation, EvSubtype, Limitation, Pathway, Phenotype, Protein,
//     Receptor, Therapy
//   to Advantage, BiologicalProcess, DeliveryRoute, Therapy
//
// [:DELIVERED_BY]  Is given by this route.
//   from CellType, EvPreparation, EvSubtype, Therapy
//   to DeliveryRoute
//
// [:TESTED_IN]  Was or is tested in a study of this kind.
//   from CellType, EvPreparation, EvSubtype, Therapy
//   to Study
//
// [:ASSESSES]  Measures or will measure the object.
//   from Study
//   to Advantage, Disease, Limitation, Outcome, Phenotype
//
// [:ASSOCIATED_WITH]  Occurs together with the object; no cause is stated.
//   from any kind
//   to any kind
//
// AgentType: manual_agent, automated_agent, data_analysis_pipeline, computational_model,
//   text_mining_agent, image_processing_agent, manual_validation_of_automated_agent, not_provided
//
// Certainty: ASSERTED, HEDGED, HYPOTHETICAL
//
// CitationConcern: CELLS_NOT_VESICLES, PHASE_DIFFERS, OTHER_CONDITION, NOT_PRIMARY, ERRATUM, RETRACTED,
//   OTHER
//
// CitationStatus: RESOLVED, UNRESOLVED
//
// ClaimStatus: CURATED, PROPOSED
//
// ContextRole: disease, anatomy, compartment, cellSource, targetCell, route, population, model,
//   comparator, phase
//
// Direction: INCREASED, DECREASED
//
// EvidenceLevel: CLINICAL, PRECLINICAL, ONGOING_TRIAL, REVIEW_STATEMENT, NOT_STATED
//
// KnowledgeLevel: knowledge_assertion, logical_entailment, prediction, statistical_association,
//   text_co_occurrence, observation, not_provided
//
// MappingMatch: EXACT, CLOSE, BROAD, NARROW
//
// OperationalClass: SMALL_EV, LARGE_EV

CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT section_id IF NOT EXISTS FOR (n:Section) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT sentence_id IF NOT EXISTS FOR (n:Sentence) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT reference_id IF NOT EXISTS FOR (n:Reference) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT citation_id IF NOT EXISTS FOR (n:Citation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT term_id IF NOT EXISTS FOR (n:Term) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT load_id IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT loadpart_id IF NOT EXISTS FOR (n:LoadPart) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT release_id IF NOT EXISTS FOR (n:Release) REQUIRE n.id IS UNIQUE;
CREATE INDEX mscsource_by_id IF NOT EXISTS FOR (n:MscSource) ON (n.id);
CREATE INDEX mscsource_by_name IF NOT EXISTS FOR (n:MscSource) ON (n.name);
CREATE INDEX celltype_by_id IF NOT EXISTS FOR (n:CellType) ON (n.id);
CREATE INDEX celltype_by_name IF NOT EXISTS FOR (n:CellType) ON (n.name);
CREATE INDEX evsubtype_by_id IF NOT EXISTS FOR (n:EvSubtype) ON (n.id);
CREATE INDEX evsubtype_by_name IF NOT EXISTS FOR (n:EvSubtype) ON (n.name);
CREATE INDEX evsubtype_by_mindiameternm IF NOT EXISTS FOR (n:EvSubtype) ON (n.minDiameterNm);
CREATE INDEX evsubtype_by_maxdiameternm IF NOT EXISTS FOR (n:EvSubtype) ON (n.maxDiameterNm);
CREATE INDEX evpreparation_by_id IF NOT EXISTS FOR (n:EvPreparation) ON (n.id);
CREATE INDEX evpreparation_by_name IF NOT EXISTS FOR (n:EvPreparation) ON (n.name);
CREATE INDEX cargo_by_id IF NOT EXISTS FOR (n:Cargo) ON (n.id);
CREATE INDEX cargo_by_name IF NOT EXISTS FOR (n:Cargo) ON (n.name);
CREATE INDEX cytokine_by_id IF NOT EXISTS FOR (n:Cytokine) ON (n.id);
CREATE INDEX cytokine_by_name IF NOT EXISTS FOR (n:Cytokine) ON (n.name);
CREATE INDEX protein_by_id IF NOT EXISTS FOR (n:Protein) ON (n.id);
CREATE INDEX protein_by_name IF NOT EXISTS FOR (n:Protein) ON (n.name);
CREATE INDEX receptor_by_id IF NOT EXISTS FOR (n:Receptor) ON (n.id);
CREATE INDEX receptor_by_name IF NOT EXISTS FOR (n:Receptor) ON (n.name);
CREATE INDEX chemical_by_id IF NOT EXISTS FOR (n:Chemical) ON (n.id);
CREATE INDEX chemical_by_name IF NOT EXISTS FOR (n:Chemical) ON (n.name);
CREATE INDEX pathway_by_id IF NOT EXISTS FOR (n:Pathway) ON (n.id);
CREATE INDEX pathway_by_name IF NOT EXISTS FOR (n:Pathway) ON (n.name);
CREATE INDEX biologicalprocess_by_id IF NOT EXISTS FOR (n:BiologicalProcess) ON (n.id);
CREATE INDEX biologicalprocess_by_name IF NOT EXISTS FOR (n:BiologicalProcess) ON (n.name);
CREATE INDEX phenotype_by_id IF NOT EXISTS FOR (n:Phenotype) ON (n.id);
CREATE INDEX phenotype_by_name IF NOT EXISTS FOR (n:Phenotype) ON (n.name);
CREATE INDEX cellularcomponent_by_id IF NOT EXISTS FOR (n:CellularComponent) ON (n.id);
CREATE INDEX cellularcomponent_by_name IF NOT EXISTS FOR (n:CellularComponent) ON (n.name);
CREATE INDEX disease_by_id IF NOT EXISTS FOR (n:Disease) ON (n.id);
CREATE INDEX disease_by_name IF NOT EXISTS FOR (n:Disease) ON (n.name);
CREATE INDEX anatomy_by_id IF NOT EXISTS FOR (n:Anatomy) ON (n.id);
CREATE INDEX anatomy_by_name IF NOT EXISTS FOR (n:Anatomy) ON (n.name);
CREATE INDEX therapy_by_id IF NOT EXISTS FOR (n:Therapy) ON (n.id);
CREATE INDEX therapy_by_name IF NOT EXISTS FOR (n:Therapy) ON (n.name);
CREATE INDEX deliveryroute_by_id IF NOT EXISTS FOR (n:DeliveryRoute) ON (n.id);
CREATE INDEX deliveryroute_by_name IF NOT EXISTS FOR (n:DeliveryRoute) ON (n.name);
CREATE INDEX study_by_id IF NOT EXISTS FOR (n:Study) ON (n.id);
CREATE INDEX study_by_name IF NOT EXISTS FOR (n:Study) ON (n.name);
CREATE INDEX population_by_id IF NOT EXISTS FOR (n:Population) ON (n.id);
CREATE INDEX population_by_name IF NOT EXISTS FOR (n:Population) ON (n.name);
CREATE INDEX outcome_by_id IF NOT EXISTS FOR (n:Outcome) ON (n.id);
CREATE INDEX outcome_by_name IF NOT EXISTS FOR (n:Outcome) ON (n.name);
CREATE INDEX limitation_by_id IF NOT EXISTS FOR (n:Limitation) ON (n.id);
CREATE INDEX limitation_by_name IF NOT EXISTS FOR (n:Limitation) ON (n.name);
CREATE INDEX advantage_by_id IF NOT EXISTS FOR (n:Advantage) ON (n.id);
CREATE INDEX advantage_by_name IF NOT EXISTS FOR (n:Advantage) ON (n.name);
CREATE INDEX entity_by_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
CREATE INDEX claim_by_place IF NOT EXISTS FOR (n:Claim) ON (n.place);
CREATE INDEX claim_by_predicate IF NOT EXISTS FOR (n:Claim) ON (n.predicate);
CREATE INDEX claim_by_article IF NOT EXISTS FOR (n:Claim) ON (n.article);
CREATE INDEX claim_by_status IF NOT EXISTS FOR (n:Claim) ON (n.status);
CREATE INDEX citation_by_marker IF NOT EXISTS FOR (n:Citation) ON (n.marker);
CREATE INDEX reference_by_position IF NOT EXISTS FOR (n:Reference) ON (n.position);
CREATE INDEX increases_id IF NOT EXISTS FOR ()-[r:INCREASES]-() ON (r.id);
CREATE INDEX decreases_id IF NOT EXISTS FOR ()-[r:DECREASES]-() ON (r.id);
CREATE INDEX activates_id IF NOT EXISTS FOR ()-[r:ACTIVATES]-() ON (r.id);
CREATE INDEX inhibits_id IF NOT EXISTS FOR ()-[r:INHIBITS]-() ON (r.id);
CREATE INDEX upregulates_id IF NOT EXISTS FOR ()-[r:UPREGULATES]-() ON (r.id);
CREATE INDEX downregulates_id IF NOT EXISTS FOR ()-[r:DOWNREGULATES]-() ON (r.id);
CREATE INDEX affects_id IF NOT EXISTS FOR ()-[r:AFFECTS]-() ON (r.id);
CREATE INDEX disrupts_id IF NOT EXISTS FOR ()-[r:DISRUPTS]-() ON (r.id);
CREATE INDEX causes_id IF NOT EXISTS FOR ()-[r:CAUSES]-() ON (r.id);
CREATE INDEX contributes_to_id IF NOT EXISTS FOR ()-[r:CONTRIBUTES_TO]-() ON (r.id);
CREATE INDEX predisposes_to_id IF NOT EXISTS FOR ()-[r:PREDISPOSES_TO]-() ON (r.id);
CREATE INDEX improves_id IF NOT EXISTS FOR ()-[r:IMPROVES]-() ON (r.id);
CREATE INDEX studied_for_id IF NOT EXISTS FOR ()-[r:STUDIED_FOR]-() ON (r.id);
CREATE INDEX used_in_id IF NOT EXISTS FOR ()-[r:USED_IN]-() ON (r.id);
CREATE INDEX mediates_id IF NOT EXISTS FOR ()-[r:MEDIATES]-() ON (r.id);
CREATE INDEX secretes_id IF NOT EXISTS FOR ()-[r:SECRETES]-() ON (r.id);
CREATE INDEX carries_id IF NOT EXISTS FOR ()-[r:CARRIES]-() ON (r.id);
CREATE INDEX delivers_id IF NOT EXISTS FOR ()-[r:DELIVERS]-() ON (r.id);
CREATE INDEX derives_from_id IF NOT EXISTS FOR ()-[r:DERIVES_FROM]-() ON (r.id);
CREATE INDEX located_in_id IF NOT EXISTS FOR ()-[r:LOCATED_IN]-() ON (r.id);
CREATE INDEX accumulates_in_id IF NOT EXISTS FOR ()-[r:ACCUMULATES_IN]-() ON (r.id);
CREATE INDEX differentiates_into_id IF NOT EXISTS FOR ()-[r:DIFFERENTIATES_INTO]-() ON (r.id);
CREATE INDEX expresses_id IF NOT EXISTS FOR ()-[r:EXPRESSES]-() ON (r.id);
CREATE INDEX capable_of_id IF NOT EXISTS FOR ()-[r:CAPABLE_OF]-() ON (r.id);
CREATE INDEX participates_in_id IF NOT EXISTS FOR ()-[r:PARTICIPATES_IN]-() ON (r.id);
CREATE INDEX has_part_id IF NOT EXISTS FOR ()-[r:HAS_PART]-() ON (r.id);
CREATE INDEX subclass_of_id IF NOT EXISTS FOR ()-[r:SUBCLASS_OF]-() ON (r.id);
CREATE INDEX has_phenotype_id IF NOT EXISTS FOR ()-[r:HAS_PHENOTYPE]-() ON (r.id);
CREATE INDEX precedes_id IF NOT EXISTS FOR ()-[r:PRECEDES]-() ON (r.id);
CREATE INDEX has_limitation_id IF NOT EXISTS FOR ()-[r:HAS_LIMITATION]-() ON (r.id);
CREATE INDEX has_advantage_id IF NOT EXISTS FOR ()-[r:HAS_ADVANTAGE]-() ON (r.id);
CREATE INDEX addresses_id IF NOT EXISTS FOR ()-[r:ADDRESSES]-() ON (r.id);
CREATE INDEX enables_id IF NOT EXISTS FOR ()-[r:ENABLES]-() ON (r.id);
CREATE INDEX delivered_by_id IF NOT EXISTS FOR ()-[r:DELIVERED_BY]-() ON (r.id);
CREATE INDEX tested_in_id IF NOT EXISTS FOR ()-[r:TESTED_IN]-() ON (r.id);
CREATE INDEX assesses_id IF NOT EXISTS FOR ()-[r:ASSESSES]-() ON (r.id);
CREATE INDEX associated_with_id IF NOT EXISTS FOR ()-[r:ASSOCIATED_WITH]-() ON (r.id);
CREATE INDEX reference_by_doi IF NOT EXISTS FOR (n:Reference) ON (n.doi);
CREATE INDEX reference_by_pmid IF NOT EXISTS FOR (n:Reference) ON (n.pmid);
CREATE FULLTEXT INDEX entity_words IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.synonyms, n.asWritten, n.description, n.kind];
CREATE FULLTEXT INDEX claim_text IF NOT EXISTS FOR (n:Claim) ON EACH [n.statement];
