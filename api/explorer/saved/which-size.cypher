// title: What a particle of this size can be
// asks: Which EV subtypes can a particle of so many nanometres be?
// answer: one row a subtype: subtype, lower and upper bound in nm as the article states them, operational terms
// parameters: {"nm": 120}
MATCH (v:EvSubtype) WHERE v.minDiameterNm <= $nm AND $nm <= v.maxDiameterNm
RETURN v AS subtype, v.minDiameterNm AS fromNm, v.maxDiameterNm AS toNm, v.operationalClasses AS terms
ORDER BY fromNm, v.id
