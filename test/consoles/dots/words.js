import { options } from "../page/element.js";

const hebrew = {
  Main: "ראשי",
  Dashboard: "לוח בקרה",
  Assets: "נכסים",
  Integrations: "אינטגרציות",
  Support: "תמיכה",
  "IT team": "צוות IT",
  Search: "חיפוש",
  "Search assets, people, serial numbers": "חיפוש נכסים, אנשים ומספרים סידוריים",
  Notifications: "התראות",
  "A stand-in of the Dots console, for tests and the demo.": "תחליף למסך הניהול של Dots, לבדיקות ולהדגמה.",
  "Bring your devices and people into Dots, and keep them up to date.":
    "הביאו את המכשירים והאנשים שלכם ל־Dots ושמרו עליהם מעודכנים.",
  All: "הכול",
  Identity: "זהויות",
  "Device management": "ניהול מכשירים",
  HR: "משאבי אנוש",
  Finance: "כספים",
  "Find an integration": "חיפוש אינטגרציה",
  Connected: "מחובר",
  Connect: "התחברות",
  Manage: "ניהול",
  "People, groups and Chromebooks from your Google directory.":
    "אנשים, קבוצות ומכשירי Chromebook מהספרייה שלכם ב־Google.",
  "People and their applications from Okta.": "אנשים והיישומים שלהם מ־Okta.",
  "Devices, serial numbers and hardware details from your MDM.":
    "מכשירים, מספרים סידוריים ופרטי חומרה מה־MDM שלכם.",
  "Macs, iPhones and iPads that Jamf manages.": "מכשירי Mac,‏ iPhone ו־iPad שמנוהלים ב־Jamf.",
  "Windows, macOS and mobile devices from Intune.": "מכשירי Windows,‏ macOS וניידים מ־Intune.",
  "Apple devices with their blueprints and checks.": "מכשירי Apple עם התבניות והבדיקות שלהם.",
  "Joiners and leavers, so that assets are handed over in time.": "מצטרפים ועוזבים, כדי שנכסים יועברו בזמן.",
  "People, sites and start dates from HiBob.": "אנשים, אתרים ותאריכי התחלה מ־HiBob.",
  "Purchase orders and depreciation of your assets.": "הזמנות רכש ופחת של הנכסים שלכם.",
};

/** The text in the page's language; English where there is no other. */
export function say(text) {
  return options.lang === "he" ? (hebrew[text] ?? text) : text;
}
