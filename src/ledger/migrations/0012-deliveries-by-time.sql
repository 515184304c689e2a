-- How many deliveries of an endpoint were begun lately, which its rate allows so many of. Built at once, as a million rows
-- take a second or two; those who write deliveries wait so long, those who read do not.
create index deliveries_taken on deliveries (endpoint_id, taken_at) where taken_at is not null;
