// title: Shown in animals or cells, not yet in patients
// asks: For which diseases is an effect stated that no study in patients has reported?
// answer: one row a disease, its subtypes apart: disease, number of preclinical claims, number of trials under way
MATCH (d:Disease)
WHERE EXISTS { (d)<-[:CONTEXT|OBJECT]-(:Claim {status: 'CURATED', evidenceLevel: 'PRECLINICAL'}) }
  AND NOT EXISTS { (d)<-[:CONTEXT|OBJECT]-(:Claim {status: 'CURATED', evidenceLevel: 'CLINICAL'}) }
RETURN d AS disease,
  COUNT { (d)<-[:CONTEXT|OBJECT]-(:Claim {status: 'CURATED', evidenceLevel: 'PRECLINICAL'}) } AS preclinical,
  COUNT { (d)<-[:CONTEXT|OBJECT]-(:Claim {status: 'CURATED', evidenceLevel: 'ONGOING_TRIAL'}) } AS trials
ORDER BY preclinical DESC, d.name
