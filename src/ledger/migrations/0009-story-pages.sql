-- What the pages of a story ask for: how much was observed of each event and when last, and what is new since a time.
create index observations_counted on observations (story, event, published_at);
create index observations_added on observations (story, created_at);
-- Where an observation's own consequences are found.
create index alerts_observation on alerts (story, observation_id) where observation_id is not null;
create index standings_observation on standings (story, observation_id) where observation_id is not null;
