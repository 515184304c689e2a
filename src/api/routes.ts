import type { Queue } from "bullmq";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { recordAudit } from "../ledger/audit.ts";
import { addAlertFeeds } from "./alert-feeds.ts";
import { addAlertRoutes } from "./alert-routes.ts";
import { addAlertStream, type StillMay } from "./alert-stream.ts";
import { type ApiContext, actorOf } from "./api-context.ts";
import { addAuditRoutes } from "./audit-routes.ts";
import { addBaselineRoutes } from "./baseline-routes.ts";
import { addClusterRoutes } from "./cluster-routes.ts";
import { addDashboard, dashboardFolder } from "./dashboard.ts";
import { addDeliveryRoutes } from "./delivery-routes.ts";
import { addEndpointRoutes } from "./endpoint-routes.ts";
import { addEndpointSendingRoutes } from "./endpoint-sending-routes.ts";
import { addEndpointSwitchRoutes } from "./endpoint-switch-routes.ts";
import { addEtags } from "./etag.ts";
import { addEventRoutes } from "./event-routes.ts";
import { addEvidenceRoutes } from "./evidence-routes.ts";
import { addExportRoutes } from "./export-routes.ts";
import { addFeedActivityRoutes } from "./feed-activity-routes.ts";
import { addFeedListRoutes } from "./feed-list-routes.ts";
import { addFeedRoutes } from "./feed-routes.ts";
import { addIdempotency } from "./idempotency.ts";
import { addItemRoutes } from "./item-routes.ts";
import { addKeyRoutes } from "./key-routes.ts";
import { addLogLevelRoutes } from "./log-level-routes.ts";
import { addObservationRoutes } from "./observation-routes.ts";
import { addPipelineRoutes } from "./pipeline-routes.ts";
import { mountQueueDashboard } from "./queue-dashboard.ts";
import { addSignIn } from "./sign-in-routes.ts";
import { addStoryRoutes } from "./story-routes.ts";
import { addTraceRoutes } from "./trace-routes.ts";

export interface RouteOptions extends ApiContext {
  readonly stillMay: StillMay;
  /** The queues that the dashboard shows. */
  readonly queues: readonly Queue[];
}

/** Every route of the server but health: the API, the sign-in page, the dashboard and the queues' own. */
export async function addRoutes(app: FastifyInstance, options: RouteOptions): Promise<void> {
  await app.register(async (scope) => {
    const api = scope.withTypeProvider<ZodTypeProvider>();
    addEtags(api);
    addIdempotency(api, options);
    addAlertRoutes(api, options);
    addAlertStream(api, options);
    addAlertFeeds(api, options);
    addStoryRoutes(api, options);
    addEventRoutes(api, options);
    addEvidenceRoutes(api, options);
    addExportRoutes(api, options);
    addItemRoutes(api, options);
    addObservationRoutes(api, options);
    addClusterRoutes(api, options);
    addTraceRoutes(api, options);
    addEndpointRoutes(api, options);
    addEndpointSwitchRoutes(api, options);
    addEndpointSendingRoutes(api, options);
    addDeliveryRoutes(api, options);
    addFeedRoutes(api, options);
    addFeedActivityRoutes(api, options);
    addFeedListRoutes(api, options);
    addBaselineRoutes(api, options);
    addPipelineRoutes(api, options);
    addKeyRoutes(api, options);
    addAuditRoutes(api, options);
    addLogLevelRoutes(api, options);
  });
  await addSignIn(app, options);
  await addDashboard(app, dashboardFolder());
  await mountQueueDashboard(app, options.queues, (request) =>
    recordAudit(options.db, {
      at: options.now(),
      actor: actorOf(request),
      action: "queues.write",
      target: `${request.method} ${request.url.split("?")[0] ?? ""}`,
    }),
  );
}
